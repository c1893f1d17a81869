package web

import (
	"strings"

	"maillage/app"
	"maillage/app/jobs"
	"maillage/app/secret"
	"maillage/db"
	"maillage/db/dbtest"
)

// furnish writes, once, what the addresses that begin as route may name and the small world
// has not; things name it "{…}".
func (s *stage) furnish(route string) {
	s.t.Helper()
	for part, bring := range map[string]func() error{
		"/compte/donnees/reprise":      s.bringOppositions,
		"/connexions/":                 s.bringDevices,
		"/courriels/:id":               s.bringMail,
		" /demandes/:id":               s.bringRequests,
		"/administration/demandes/:id": s.bringObjections,
		"/instance/attentes/:id":       s.bringFailures,
		"/compte/identites/:id":        s.bringIdentities,
		"/compte/cles/:id":             s.bringPasskeys,
		"/structures/campagnes/:id":    s.bringCampaigns,
		"/fusions/:id":                 s.bringMerges,
		"/doublons/:autre":             s.bringDoubles,
		" /services/:id":               s.bringServices,
	} {
		if strings.Contains(route, part) && s.brought[part] == "" {
			s.brought[part] = "oui"
			if err := bring(); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}

// bringDoubles writes a structure beside the one of another territory.
func (s *stage) bringDoubles() error {
	id, err := s.db.CreateOrganisation(s.t.Context(), dbtest.Stranger, app.Organisation{Name: "Une autre", Category: "etat"}, nil, dbtest.Now)
	s.brought["{une autre d’ailleurs}"] = string(id)
	return err
}

// bringMerges makes two structures of each territory one.
func (s *stage) bringMerges() error {
	for name, by := range map[string]app.Viewer{"{fusion}": dbtest.Coordinator, "{fusion d’ailleurs}": dbtest.Stranger} {
		how := db.MergeChoice{KeptVersion: 1, AbsorbedVersion: 1}
		for _, o := range []struct {
			id   *app.OrganisationID
			name string
		}{{&how.Kept, "Gardée"}, {&how.Absorbed, "Réunie"}} {
			id, err := s.db.CreateOrganisation(s.t.Context(), by, app.Organisation{Name: o.name, Category: "etat"}, nil, dbtest.Now)
			if err != nil {
				return err
			}
			*o.id = id
		}
		id, err := s.db.MergeOrganisations(s.t.Context(), by, how, func(app.Merge, string) app.Mail { return app.Mail{Subject: "Fusion"} }, dbtest.Now)
		if err != nil {
			return err
		}
		s.brought[name] = string(id)
	}
	return nil
}

// bringDevices signs two people in once more.
func (s *stage) bringDevices() (err error) {
	for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Coordinator} {
		if err == nil {
			_, err = s.db.BeginSession(s.t.Context(), v.Account, secret.Digest("autre "+string(v.Account)), "Essai", dbtest.Now)
		}
	}
	return err
}

func (s *stage) bringMail() error {
	err := s.db.SendLink(s.t.Context(), dbtest.Colleague.Email, db.LinkKey{Link: "jeton"}, app.Mail{Recipient: dbtest.Colleague.Email, Subject: "Lien"}, dbtest.Now)
	if err != nil {
		return err
	}
	mails, err := s.db.Outbox(s.t.Context(), dbtest.Admin, db.MailFilter{}, 1)
	for _, m := range mails {
		s.brought["{mail}"] = string(m.ID)
	}
	return err
}

// bringRequests makes somebody ask to join each structure of the world, and one that is
// only named.
func (s *stage) bringRequests() error {
	letter := func(app.JoinRequest, string) app.Mail { return app.Mail{Subject: "Demande"} }
	for _, r := range []app.JoinRequest{
		{Organisation: dbtest.Mission}, {Organisation: dbtest.School}, {Organisation: dbtest.Foreign}, {Named: "Une crèche", Territory: dbtest.Cauvaldor},
	} {
		name := "{demande " + string(r.Organisation) + "}"
		r.Who = app.Newcomer{FirstName: "Jules", LastName: "Roux", Email: "jules@essai.test"}
		if err := s.db.FileJoinRequest(s.t.Context(), r, letter, dbtest.Now); err != nil {
			return err
		}
		for _, v := range []app.Viewer{dbtest.Referent, dbtest.Coordinator, dbtest.Stranger} {
			waiting, err := s.db.JoinRequestsToAnswer(s.t.Context(), v, dbtest.Now)
			if err != nil {
				return err
			}
			for _, w := range waiting {
				if w.Organisation == r.Organisation {
					s.brought[name] = string(w.ID)
				}
			}
		}
	}
	return nil
}

// bringObjections makes two people ask that their data be erased.
func (s *stage) bringObjections() error {
	letter := func(app.Objection) app.Mail { return app.Mail{Subject: "Demande"} }
	keepers := map[app.PersonID]app.Viewer{dbtest.Colleague.Person: dbtest.Coordinator, dbtest.Stranger.Person: dbtest.Stranger}
	for _, k := range kinds {
		keepers[k.id] = k.keeper
	}
	for of, keeper := range keepers {
		by := app.Viewer{Person: of}
		if err := s.db.Object(s.t.Context(), by, app.Objection{Kind: app.ToErase, Reason: "Je change de métier."}, letter, dbtest.Now); err != nil {
			return err
		}
		all, err := s.db.Objections(s.t.Context(), keeper, dbtest.Now)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Person == by.Person && o.Kind == app.ToErase {
				s.brought["{opposition "+string(of)+"}"] = string(o.ID)
			}
		}
	}
	return nil
}

// bringOppositions makes whoever may sign in object, so that they can take it back.
func (s *stage) bringOppositions() error {
	letter := func(app.Objection) app.Mail { return app.Mail{Subject: "Demande"} }
	for _, who := range callers[1:] {
		if err := s.db.Object(s.t.Context(), s.viewer(who.account), app.Objection{Kind: app.ToObject, Reason: "Je change de métier."}, letter, dbtest.Now); err != nil {
			return err
		}
	}
	return nil
}

// bringFailures makes somebody mistype the password of an account.
func (s *stage) bringFailures() error {
	_, _, err := s.db.Attempt(s.t.Context(), dbtest.Colleague.Email, secret.Digest(dbtest.Colleague.Email), dbtest.Now)
	return err
}

// bringIdentities links an identity to two accounts.
func (s *stage) bringIdentities() error {
	for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Coordinator} {
		i := app.Identity{Issuer: "https://identites.test", Subject: string(v.Account), Email: v.Email}
		if err := s.db.LinkIdentity(s.t.Context(), v, i, "Essai", app.Mail{Subject: "Identité"}, dbtest.Now); err != nil {
			return err
		}
		linked, err := s.db.Identities(s.t.Context(), v)
		if err != nil {
			return err
		}
		for _, l := range linked {
			s.brought["{identité "+string(v.Person)+"}"] = string(l.ID)
		}
	}
	return nil
}

// bringPasskeys gives a passkey to two people, once signed in: it would be asked of them.
func (s *stage) bringPasskeys() error {
	for _, v := range []app.Viewer{dbtest.Colleague, dbtest.Coordinator} {
		s.viewer(v.Account)
		k := app.Passkey{ID: app.PasskeyID("clé-" + v.Person), Account: v.Account, Name: "Téléphone", Credential: "{}", CreatedAt: dbtest.Now}
		if err := s.db.AddPasskey(s.t.Context(), v, k, &db.RecoverySet{}, app.Mail{Subject: "Clé"}, dbtest.Now); err != nil {
			return err
		}
		s.brought["{clé "+string(v.Person)+"}"] = string(k.ID)
	}
	return nil
}

// bringCampaigns asks the structures of each territory whether their record is right, a
// fortnight ago: they may be reminded.
func (s *stage) bringCampaigns() error {
	before := dbtest.Now.AddDate(0, 0, -14)
	for _, v := range []app.Viewer{dbtest.Stranger, dbtest.Coordinator} {
		id, _, err := s.db.SendCampaign(s.t.Context(), v, app.Campaign{Subject: "Vos fiches", Body: "Avant la rentrée."}, db.OrganisationFilter{}, before)
		if err != nil {
			return err
		}
		s.brought["{campagne "+string(v.Territory)+"}"] = string(id)
	}
	_, err := jobs.InquireDue(s.t.Context(), s.db, "http://essai.test", before)
	return err
}

// bringServices has three structures offer something.
func (s *stage) bringServices() error {
	for _, o := range []app.OrganisationID{dbtest.Mission, dbtest.School, dbtest.Foreign} {
		id, err := s.db.AddService(s.t.Context(), dbtest.Admin, app.Service{Organisation: o, Name: "Accueil", Kind: "information"}, dbtest.Now)
		if err != nil {
			return err
		}
		s.brought["{service "+string(o)+"}"] = string(id)
	}
	return nil
}
