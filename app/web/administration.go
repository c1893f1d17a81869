package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db"
	"maillage/views"
)

const (
	accountsShown = 50
	accountsFiled = 50_000
)

func (s *server) accountsPage(c *gin.Context, v app.Viewer) error {
	f := accountFilter(c)
	lines, count, err := s.DB.Accounts(c.Request.Context(), v, f, accountsShown+1)
	if err != nil {
		return err
	}
	same := []string{"q", f.Query, "role", string(f.Role), "etat", string(f.State)}
	p := views.AccountsPage{
		Frame: s.frame(c, v, "Administration", ""), Query: f.Query, Role: f.Role, State: string(f.State),
		Count: count, File: views.Address("/administration/comptes.csv", same...), Now: s.Now(),
	}
	if len(lines) > accountsShown {
		lines = lines[:accountsShown]
		p.Next = views.Address("/administration", append(same, "apres", string(lines[accountsShown-1].ID))...)
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, accountRow(l))
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawAccounts}, holders(lines)...); err != nil {
		return err
	}
	return either(c, views.Accounts(p), views.AccountsList(p))
}

func accountFilter(c *gin.Context) db.AccountFilter {
	f := db.AccountFilter{Query: cut(app.Tidy(c.Query("q")), 200), Role: among(c.Query("role"), app.Roles), After: app.AccountID(cut(c.Query("apres"), 40))}
	if state := db.AccountState(c.Query("etat")); state == db.InUse || state == db.NeverSigned || state == db.Disabled {
		f.State = state
	}
	return f
}

// cut returns at most the first limit bytes of s, whole characters.
func cut(s string, limit int) string {
	if len(s) > limit {
		s = strings.ToValidUTF8(s[:limit], "")
	}
	return s
}

func accountRow(l db.AccountLine) views.AccountRow {
	row := views.AccountRow{ID: l.ID, Name: l.Name, Email: l.Email, LastSignIn: l.LastSignedIn, Disabled: !l.DisabledAt.IsZero()}
	for _, g := range l.Grants() {
		row.Roles = append(row.Roles, roleLine(g, l.Titles))
	}
	return row
}

func roleLine(g app.Grant, titles db.Titles) views.RoleLine {
	return views.RoleLine{Role: g.Role, Of: titles.Territories[g.Territory] + titles.Organisations[g.Organisation], On: app.ThemeLabels(g.Themes)}
}

// holders are the people of accounts.
func holders(lines []db.AccountLine) []app.PersonID {
	ids := make([]app.PersonID, len(lines))
	for i, l := range lines {
		ids[i] = l.Person
	}
	return ids
}

// accountsFile is the list as a file; that it was taken is written down.
func (s *server) accountsFile(c *gin.Context, v app.Viewer) error {
	ctx := c.Request.Context()
	lines, _, err := s.DB.Accounts(ctx, v, accountFilter(c), accountsFiled)
	if err != nil {
		return err
	}
	if err := s.DB.NoteExport(ctx, v, "la liste des comptes", s.Now()); err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawExport, Detail: "la liste des comptes"}, holders(lines)...); err != nil {
		return err
	}
	return spreadsheet(c, "comptes", views.AccountColumns, func(row func(...string) error) error {
		for _, l := range lines {
			if err := row(views.AccountCells(accountRow(l))...); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *server) accountOf(c *gin.Context, v app.Viewer) error {
	return s.accountOfWith(c, v, http.StatusOK, accountProblem{})
}

// accountProblem is what is wrong on the page of an account: with an act, with an address
// that was typed, with a code of help; roles are those chosen, when it is with them.
type accountProblem struct {
	act, typed, address, code string
	roles                     []app.Grant
}

func (s *server) accountOfWith(c *gin.Context, v app.Viewer, status int, wrong accountProblem) error {
	ctx, id := c.Request.Context(), app.AccountID(c.Param("id"))
	r, err := s.DB.Account(ctx, v, id, s.Now())
	if err != nil {
		return err
	}
	if err := s.trace(c, v, app.Read{Kind: app.SawAccounts}, r.Person); err != nil {
		return err
	}
	history, err := s.DB.History(ctx, app.OfAccount, string(id), historyShown)
	if err != nil {
		return err
	}
	territories, err := s.grantable(c, v)
	if err != nil {
		return err
	}
	p := views.AccountRecord{
		Frame: s.frame(c, v, r.Name, ""), Row: accountRow(r.AccountLine), Person: r.Person, Functions: functions(r.Positions),
		MayMake: v.MayAdminister(), Admin: r.Administrator, MayClose: v.MayCloseAccount(r.Account, r.PartOf), MayMove: v.MayMoveAccount(r.Account, r.PartOf), Own: r.ID == v.Account,
		Factors: r.Factors, Sessions: r.Sessions, LinkUntil: r.LinkUntil, History: history, Now: s.Now(),
		MayHelp: v.MayHelp(r.Account, r.PartOf) && r.DisabledAt.IsZero(), Help: views.HelpField(wrong.code),
		Problem: wrong.act, Address: views.AddressField(wrong.typed, wrong.address),
	}
	chosen := r.Account
	if wrong.roles != nil {
		chosen = chosen.WithGrants(wrong.roles)
	}
	p.Choices = choices(v, chosen, places(r), r.PartOf, territories)
	for _, g := range r.Grants() {
		if !v.Keeps(g, r.PartOf) {
			p.Elsewhere = append(p.Elsewhere, roleLine(g, r.Titles))
		}
	}
	return render(c, status, views.AccountOf(p))
}

func (s *server) giveRoles(c *gin.Context, v app.Viewer) error {
	asked := grants(formOf(c))
	err := s.DB.GiveRoles(c.Request.Context(), v, app.AccountID(c.Param("id")), asked, s.Now())
	if wrong := app.FieldsOf(err); wrong != nil {
		return s.accountOfWith(c, v, statuses[app.Invalid], accountProblem{act: wrong["roles"], roles: asked})
	}
	return s.onAccount(c, v, err, "Les rôles sont enregistrés.")
}

func (s *server) disableAccount(c *gin.Context, v app.Viewer) error {
	err := s.DB.DisableAccount(c.Request.Context(), v, app.AccountID(c.Param("id")), s.Now())
	return s.onAccount(c, v, err, "Le compte est désactivé.")
}

func (s *server) enableAccount(c *gin.Context, v app.Viewer) error {
	err := s.DB.EnableAccount(c.Request.Context(), v, app.AccountID(c.Param("id")), s.Now())
	return s.onAccount(c, v, err, "Le compte est réactivé.")
}

func (s *server) signOutAccount(c *gin.Context, v app.Viewer) error {
	err := s.DB.SignOutAccount(c.Request.Context(), v, app.AccountID(c.Param("id")), s.Now())
	return s.onAccount(c, v, err, "Cette personne est déconnectée de tous ses appareils.")
}

func (s *server) moveAccount(c *gin.Context, v app.Viewer) error {
	f := formOf(c)
	email := app.FoldEmail(f.email("courriel"))
	if email == "" {
		f.fields.Add("courriel", "Écrivez la nouvelle adresse.")
	}
	id := app.AccountID(c.Param("id"))
	err := f.err()
	if err == nil {
		err = s.DB.MoveAccount(c.Request.Context(), v, id, email, views.MovedMail(v.Name, email), s.Now())
	}
	if wrong := app.FieldsOf(err); wrong != nil {
		return s.accountOfWith(c, v, statuses[app.Invalid], accountProblem{typed: f.typed.Get("courriel"), address: wrong["courriel"]})
	}
	return s.onAccount(c, v, err, "L’adresse de connexion est changée.")
}

func (s *server) inviteAgain(c *gin.Context, v app.Viewer) error {
	ctx, id, token := c.Request.Context(), app.AccountID(c.Param("id")), secret.Token()
	err := s.DB.InviteAgain(ctx, v, id, secret.Digest(token), s.invitation(v, token), s.Now())
	if err == nil && !s.Mails {
		r, err := s.DB.Account(ctx, v, id, s.Now())
		if err != nil {
			return err
		}
		if shown, err := s.passLink(c, v, id, r.Name, r.Email, token, accountLink(id)); shown || err != nil {
			return err
		}
	}
	return s.onAccount(c, v, err, "Les liens précédents ne servent plus. "+s.invitedWords(v, ""))
}

// accountLink leads to the page of an account.
func accountLink(id app.AccountID) views.Link {
	return views.Link{Href: "/administration/comptes/" + pathEscape(string(id)), Label: "Le compte"}
}

func (s *server) invitation(v app.Viewer, token string) app.Mail {
	return views.InvitationMail(v.Name, v.TerritoryName, s.BaseURL+"/connexion/lien/"+token, s.BaseURL)
}

func (s *server) resetFactors(c *gin.Context, v app.Viewer) error {
	mail := views.FactorMail(views.FactorsReset, "", s.BaseURL, s.Now())
	err := s.DB.ResetFactors(c.Request.Context(), v, app.AccountID(c.Param("id")), mail, s.Now())
	return s.onAccount(c, v, err, "Le second facteur est retiré : la personne est prévenue, et se reconnecte avec son mot de passe ou un lien.")
}

// onAccount goes back to the page of an account, which says what was done or why not;
// to the list, when the account left the viewer's sight.
func (s *server) onAccount(c *gin.Context, v app.Viewer, err error, done string) error {
	at := "/administration/comptes/" + pathEscape(c.Param("id"))
	if kind := app.KindOf(err); kind == app.Conflict || kind == app.Invalid {
		return s.accountOfWith(c, v, statuses[app.KindOf(err)], accountProblem{act: err.Error()})
	}
	if err != nil {
		return err
	}
	if _, err := s.DB.Account(c.Request.Context(), v, app.AccountID(c.Param("id")), s.Now()); app.KindOf(err) == app.NotFound {
		at = "/administration"
	}
	return s.done(c, at, done, "")
}
