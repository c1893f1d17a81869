package web_test

import (
	"strings"
	"testing"

	"maillage/app"
	"maillage/db"
	"maillage/db/dbtest"
)

const soon = "/ateliers/bientot"

// mailsOf returns the e-mails that were written, newest first.
func (s *site) mailsOf() []app.Mail {
	s.t.Helper()
	mails, err := s.db.Outbox(s.t.Context(), dbtest.Admin, db.MailFilter{}, 50)
	if err != nil {
		s.t.Fatal(err)
	}
	return mails
}

func TestTheCoordinationFollowsAnswersAndInvites(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get(soon+"/invitations"), 200, "3\u00a0structures invitées\u00a0: aucune réponse pour l’instant.",
		"2\u00a0structures sans réponse n’ont pas de référent·e", "Relancer celle qui a un·e référent·e", "Communauté de communes Cauvaldor", "Sans référent·e")

	found := s.get(soon+"/invitations?q=PAIO", "HX-Request-Type", "partial")
	wantPage(t, found, 200, `id="candidates"`, "1\u00a0structure trouvée, dont 1\u00a0déjà invitée", "Mission locale du Lot")
	if strings.Contains(found.Body.String(), "<html") {
		t.Error("the filter got a whole page, want its list alone")
	}
	wantPage(t, s.get(soon+"/invitations?q=paio&structures=cauvaldor", "HX-Request-Type", "partial"), 200, `value="cauvaldor" checked`, "Mission locale")

	wantPage(t, s.post(soon+"/invitations"), 422, "Choisissez au moins une structure")
	wantPage(t, s.post(soon+"/invitations", "structures", "fermee"), 422, "n’est plus dans l’annuaire")
	wantRedirect(t, s.post(soon+"/invitations", "structures", "cauvaldor"), soon+"/invitations")
	wantPage(t, s.get(soon+"/invitations"), 200, "1\u00a0structure est invitée", "4\u00a0structures invitées")
	wantRedirect(t, s.post(soon+"/invitations/cauvaldor/retrait"), soon+"/invitations")
	wantPage(t, s.get(soon+"/invitations"), 200, "L’invitation est retirée", "3\u00a0structures invitées")
}

func TestOneButtonInvitesAllThatAFilterFound(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	for _, o := range []string{"caf", "mission", "ecole"} {
		wantRedirect(t, s.post(soon+"/invitations/"+o+"/retrait"), soon+"/invitations")
	}
	wantRedirect(t, s.post(soon+"/invitations", "toutes", "mission caf "), soon+"/invitations")
	wantPage(t, s.get(soon+"/invitations"), 200, "2\u00a0structures sont invitées")
	mails := s.mailsOf()
	if len(mails) != 1 || mails[0].Recipient != "bruno@maillage.test" || mails[0].Subject != "Vous êtes invité·e·s à «\u00a0Accueillir les 0–3 ans\u00a0»" ||
		!strings.Contains(mails[0].Body, "http://maillage.test/ateliers/bientot/inscriptions?structure=mission") || !strings.Contains(mails[0].Body, "Lundi 9 mars 2026, 10\u00a0h – 12\u00a0h") {
		t.Errorf("mails = %+v, want one to Bruno with the address and the date", mails)
	}
}

func TestReminding(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantRedirect(t, s.post(soon+"/invitations/relance"), soon+"/invitations")
	wantPage(t, s.get(soon+"/invitations"), 200, "3\u00a0structures sont relancées", "2\u00a0n’ont pas de référent·e", "Dernière relance à l’instant")
	if mails := s.mailsOf(); len(mails) != 1 || !strings.HasPrefix(mails[0].Subject, "Votre réponse pour") {
		t.Errorf("mails = %+v, want one reminder", mails)
	}
	s.post(soon + "/invitations/relance")
	wantPage(t, s.get(soon+"/invitations"), 200, "déjà été relancé aujourd’hui")
}

func TestADraftSaysToPublishFirst(t *testing.T) {
	s := newSite(t).as(dbtest.Coordinator)
	wantPage(t, s.get("/ateliers/brouillon/invitations"), 200, "publiez-le d’abord", "Ouvrir l’atelier pour le publier")
	wantPage(t, s.post("/ateliers/brouillon/invitations", "structures", "caf"), 409, "publiez-le d’abord")
	wantPage(t, s.get("/ateliers/passe/invitations"), 200, "terminé")
}

func TestInvitationsAreForTheCoordination(t *testing.T) {
	s := newSite(t)
	for name, tt := range map[string]struct {
		viewer app.Viewer
		status int
	}{
		"référent": {dbtest.Referent, 403}, "collègue": {dbtest.Colleague, 403}, "lecture": {dbtest.Reader, 403}, "elsewhere": {dbtest.Stranger, 404}, "admin": {dbtest.Admin, 200},
	} {
		t.Run(name, func(t *testing.T) { wantPage(t, s.as(tt.viewer).get(soon+"/invitations"), tt.status) })
	}
	wantPage(t, s.as(dbtest.Coordinator).get("/ateliers/nulle-part/invitations"), 404)
	wantPage(t, s.as(dbtest.Coordinator).get(soon+"/invitations?q="+strings.Repeat("mot+", 5000)), 200, "Aucune structure ne correspond")
}
