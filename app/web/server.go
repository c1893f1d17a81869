// Package web answers HTTP requests: it reads them, asks db, renders views.
package web

import (
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/gorilla/sessions"
	"github.com/klauspost/compress/gzhttp"

	"maillage/app"
	"maillage/app/identity"
	"maillage/app/inclusion"
	"maillage/app/secret"
	"maillage/assets"
	"maillage/db"
)

// Config is what the application needs to answer.
type Config struct {
	DB      *db.DB
	Log     *slog.Logger
	Now     func() time.Time
	BaseURL string   // where people find it, "https://maillage.exemple.fr"; links in mails begin with it
	Proxies []string // addresses of reverse proxies whose X-Forwarded-For is believed
	Mails   bool     // e-mails leave by SMTP; otherwise the administrator reads them here
	Demo    bool     // the people are invented: said on every page

	Secret   string             // seals what must be read again from the database, and is not in it; "": what is sealed lasts as long as the process
	Provider *identity.Provider // of identities, by which people sign in; nil: none

	Tiles       string // address of the tiles behind the map, "https://…/{z}/{x}/{y}.png", or "": none
	TilesCredit string // whose they are, said on the map

	Stopping <-chan struct{} // closed when live screens must end; nil: never
}

type server struct {
	Config
	sessions sessions.Store
	limits   *limits
	box      *secret.Box
	keys     *webauthn.WebAuthn // nil where the address of the site allows no passkeys
	networks *networks
	policy   string
	setUp    atomic.Bool // the database was seen to hold something
	live     *live
	communes sync.Map // app.TerritoryID → []app.Commune: they do not change while the territory is open
}

// Handler is the whole application, ready to be served.
func Handler(config Config) (http.Handler, error) {
	r, err := engine(config)
	if err != nil {
		return nil, err
	}
	compressed, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(1), gzhttp.MinSize(1024), gzhttp.ExceptContentTypes([]string{"text/event-stream"}))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/assets/", assets.Handler)
	mux.Handle("/", compressed(r))
	return headed(mux), nil
}

// headed answers HEAD, by which monitors and readers of mails try an address, as GET; the
// server leaves the body out.
func headed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			asked := *r
			asked.Method = http.MethodGet
			r = &asked
		}
		h.ServeHTTP(w, r)
	})
}

// engine is every address with what goes before it.
func engine(config Config) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	s := &server{Config: config, limits: newLimits(), live: newLive(), networks: newNetworks(config.DB)}
	s.sessions = newSessionStore(s.DB, s.Now, s.secure())
	if s.Secret == "" {
		s.Secret = secret.Token()
	}
	var err error
	if s.box, err = secret.NewBox(s.Secret); err != nil {
		return nil, err
	}
	if s.keys, err = newKeys(s.BaseURL); err != nil {
		return nil, err
	}
	tiles, err := originOf(s.Tiles)
	if err != nil {
		return nil, err
	}
	s.policy = policy(tiles)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false // noPage does it, and never to where the request says it came
	if err := r.SetTrustedProxies(s.Proxies); err != nil {
		return nil, err
	}
	r.Use(s.logged, s.placed, gin.CustomRecoveryWithWriter(nil, s.recovered), s.guarded, s.sameSite(), s.bounded, s.legible, s.untilSetUp, s.helpful)
	r.NoRoute(s.open(s.noPage))
	r.NoMethod(s.open(s.noMethod))
	s.routes(r)
	return r, nil
}

// routes is every address there is.
func (s *server) routes(r *gin.Engine) {
	r.GET("/healthz", s.open(s.health))

	r.GET("/installation/:token", s.open(s.setUpPage))
	r.POST("/installation/:token", s.open(s.setUpInstance))

	r.GET("/connexion", s.open(s.signInPage))
	r.POST("/connexion", s.open(s.signIn))
	r.POST("/connexion/lien", s.open(s.sendLink))
	r.GET("/connexion/lien/:token", s.open(s.linkPage))
	r.POST("/connexion/lien/:token", s.open(s.signInByLink))
	r.GET("/connexion/code", s.open(s.linkCodePage))
	r.POST("/connexion/code", s.open(s.signInByCode))
	r.POST("/connexion/cle/defi", s.open(s.askKey))
	r.POST("/connexion/cle", s.open(s.signInByKey))
	r.POST("/connexion/verification/cle/defi", s.open(s.askSecondKey))
	r.POST("/connexion/verification/cle", s.open(s.takeSecondKey))
	r.GET("/connexion/verification", s.open(s.secondStepPage))
	r.POST("/connexion/verification", s.open(s.takeSecondStep))
	r.POST("/connexion/verification/nouvelle-cle/defi", s.open(s.offerFirstKey))
	r.POST("/connexion/verification/nouvelle-cle", s.open(s.addFirstKey))
	r.POST("/connexion/verification/application", s.open(s.enrolAtSignIn))
	r.POST("/connexion/fournisseur", s.open(s.leaveToSignIn))
	r.GET("/connexion/retour", s.open(s.comeBack))
	r.GET("/connexion/demande", s.open(s.newcomerPage))
	r.POST("/connexion/demande", s.open(s.askAsNewcomer))
	r.POST("/deconnexion", s.open(s.signOut))

	r.GET("/acces", s.open(s.joinPage))
	r.POST("/acces", s.open(s.askToJoin))
	r.GET("/acces/:token", s.open(s.confirmPage))
	r.POST("/acces/:token", s.open(s.confirmJoin))
	r.GET("/demandes/:id", s.signedIn(s.requestPage))
	r.POST("/demandes/:id/acceptation", s.signedIn(s.acceptRequest))
	r.POST("/demandes/:id/refus", s.signedIn(s.refuseRequest))

	r.GET("/compte", s.signedIn(s.accountPage))
	r.POST("/compte/mot-de-passe", s.signedIn(s.changePassword))
	r.GET("/compte/second-facteur", s.signedIn(s.enrolPage))
	r.POST("/compte/second-facteur", s.signedIn(s.enrolCodes))
	r.POST("/compte/second-facteur/retrait", s.signedIn(s.dropCodes))
	r.POST("/compte/codes-de-secours", s.signedIn(s.renewRecovery))
	r.POST("/compte/cles/defi", s.signedIn(s.offerKey))
	r.POST("/compte/cles", s.signedIn(s.addKey))
	r.POST("/compte/cles/:id/retrait", s.signedIn(s.dropKey))
	r.POST("/compte/connexions/fin", s.signedIn(s.endOtherSessions))
	r.POST("/compte/connexions/:id/fin", s.signedIn(s.endSession))
	r.POST("/compte/aide", s.signedIn(s.askForHelp))
	r.POST("/compte/aide/fin", s.signedIn(s.refuseHelp))
	r.POST("/aide/fin", s.open(s.stopHelping))
	r.POST("/compte/identites", s.signedIn(s.leaveToLink))
	r.POST("/compte/identites/:id/retrait", s.signedIn(s.unlinkIdentity))
	r.POST("/territoire", s.signedIn(s.switchTerritory))

	r.GET("/administration", s.keeping(s.accountsPage))
	r.GET("/administration/sans-referent", s.keeping(s.mutePage))
	r.GET("/administration/comptes.csv", s.keeping(s.accountsFile))
	r.GET("/administration/comptes/nouveau", s.keeping(s.newAccountPage))
	r.POST("/administration/comptes", s.keeping(s.openAccount))
	r.GET("/administration/comptes/:id", s.keeping(s.accountOf))
	r.POST("/administration/comptes/:id/roles", s.keeping(s.giveRoles))
	r.POST("/administration/comptes/:id/desactivation", s.keeping(s.disableAccount))
	r.POST("/administration/comptes/:id/activation", s.keeping(s.enableAccount))
	r.POST("/administration/comptes/:id/deconnexion", s.keeping(s.signOutAccount))
	r.POST("/administration/comptes/:id/aide", s.keeping(s.beginHelp))
	r.POST("/administration/comptes/:id/lien", s.keeping(s.inviteAgain))
	r.POST("/administration/comptes/:id/adresse", s.keeping(s.moveAccount))

	r.POST("/administration/comptes/:id/second-facteur", s.administering(s.resetFactors))
	r.GET("/administration/connexion", s.administering(s.requirementPage))
	r.POST("/administration/connexion", s.administering(s.require))

	r.GET("/administration/courriels", s.administering(s.outboxPage))
	r.GET("/administration/courriels/:id", s.administering(s.mailPage))
	r.POST("/administration/courriels/:id/renvoi", s.administering(s.resendMail))
	r.GET("/administration/instance", s.administering(s.oversightPage))
	r.POST("/administration/instance/connexions/:id/fin", s.administering(s.closeSession))
	r.POST("/administration/instance/attentes/:id/fin", s.administering(s.liftWait))
	r.GET("/administration/conservation", s.administering(s.retentionPage))
	r.POST("/administration/conservation", s.administering(s.setRetention))
	r.GET("/administration/registre", s.administering(s.registerPage))
	r.GET("/administration/registre.csv", s.administering(s.registerFile))
	r.GET("/administration/registre/modifier", s.administering(s.editRegisterPage))
	r.POST("/administration/registre", s.administering(s.editRegister))
	r.GET("/administration/journal", s.coordinating(s.journalPage))
	r.GET("/administration/journal.csv", s.coordinating(s.journalFile))
	r.GET("/mes-donnees", s.open(s.askLinkPage))
	r.POST("/mes-donnees", s.open(s.sendPersonLink))
	r.GET("/mes-donnees/:jeton", s.byLink(s.ownDataPage))
	r.POST("/mes-donnees/:jeton", s.byLink(s.correctOwnData))
	r.GET("/mes-donnees/:jeton/mes-donnees.json", s.byLink(s.ownDataFile))
	r.GET("/mes-donnees/:jeton/mes-donnees.txt", s.byLink(s.ownDataText))
	r.POST("/mes-donnees/:jeton/demandes", s.byLink(s.object))
	r.POST("/mes-donnees/:jeton/reprise", s.byLink(s.withdrawObjection))
	r.POST("/mes-donnees/:jeton/fin", s.byLink(s.revokeLinks))
	r.GET("/mes-donnees/:jeton/adresse", s.open(s.confirmAddressPage))
	r.POST("/mes-donnees/:jeton/adresse", s.open(s.confirmAddress))

	r.GET("/compte/donnees", s.bySelf(s.ownDataPage))
	r.POST("/compte/donnees", s.bySelf(s.correctOwnData))
	r.GET("/compte/donnees/mes-donnees.json", s.bySelf(s.ownDataFile))
	r.GET("/compte/donnees/mes-donnees.txt", s.bySelf(s.ownDataText))
	r.POST("/compte/donnees/demandes", s.bySelf(s.object))
	r.POST("/compte/donnees/reprise", s.bySelf(s.withdrawObjection))

	r.GET("/administration/demandes", s.coordinating(s.objectionsPage))
	r.POST("/administration/demandes/:id", s.coordinating(s.answerObjection))
	r.GET("/administration/information", s.keeping(s.informationPage))
	r.POST("/administration/information", s.administering(s.writeInformation))
	r.POST("/administration/information/:id", s.coordinating(s.noteInformed))
	r.GET("/administration/consultations", s.coordinating(s.readsPage))
	r.GET("/administration/consultations.csv", s.coordinating(s.readsFile))
	r.GET("/administration/territoires", s.administering(s.territoriesPage))
	r.POST("/administration/territoires", s.administering(s.openTerritory))

	r.GET("/aide", s.open(s.helpPage))
	r.GET("/aide/droits", s.open(s.rightsPage))
	r.GET("/sources", s.open(s.sourcesPage))
	r.GET("/accessibilite", s.open(s.accessibilityPage))
	r.GET("/donnees-personnelles", s.open(s.privacyPage))

	r.GET("/", s.signedIn(s.home))

	r.GET("/recherche", s.seeing(s.searchPage))

	r.GET("/structures", s.seeing(s.organisationsPage))
	r.GET("/structures.csv", s.seeing(s.organisationsFile))
	r.GET("/structures/data-inclusion.json", s.seeing(s.inclusionFile("structures-data-inclusion.json", "application/json", inclusion.JSON)))
	r.GET("/structures/data-inclusion.csv", s.seeing(s.inclusionFile("structures-data-inclusion.csv", "text/csv; charset=utf-8; header=present", inclusion.CSV)))
	r.GET("/structures/nouvelle", s.doing(app.KeepDirectory, s.newOrganisationPage))
	r.POST("/structures", s.doing(app.KeepDirectory, s.createOrganisation))
	r.GET("/structures/imports", s.doing(app.ImportDirectory, s.importsPage))
	r.POST("/structures/imports", s.doing(app.ImportDirectory, s.dropFile))
	r.GET("/structures/imports/:id", s.signedIn(s.importPage))
	r.GET("/structures/imports/:id/feuille", s.signedIn(s.sheetPage))
	r.POST("/structures/imports/:id/feuille", s.signedIn(s.chooseSheet))
	r.GET("/structures/imports/:id/colonnes", s.signedIn(s.columnsPage))
	r.POST("/structures/imports/:id/colonnes", s.signedIn(s.matchColumns))
	r.GET("/structures/imports/:id/apercu", s.signedIn(s.previewPage))
	r.POST("/structures/imports/:id/decisions", s.signedIn(s.decideLines))
	r.POST("/structures/imports/:id/ecriture", s.signedIn(s.writeImport))
	r.POST("/structures/imports/:id/annulation", s.signedIn(s.undoImport))
	r.POST("/structures/imports/:id/abandon", s.signedIn(s.dropImport))
	r.GET("/structures/imports/:id/lignes-laissees.csv", s.signedIn(s.leftFile))
	r.GET("/structures/:id", s.signedIn(s.organisationPage))
	r.POST("/structures/:id", s.signedIn(s.editOrganisation))
	r.GET("/structures/:id/modifier", s.signedIn(s.editOrganisationPage))
	r.POST("/structures/:id/archivage", s.signedIn(s.archiveOrganisation))
	r.POST("/structures/:id/restauration", s.signedIn(s.restoreOrganisation))
	r.GET("/structures/:id/personnes/nouvelle", s.signedIn(s.newMemberPage))
	r.POST("/structures/:id/personnes", s.signedIn(s.addMember))
	r.GET("/structures/:id/membres", s.signedIn(s.teamPage))
	r.POST("/structures/:id/membres", s.signedIn(s.inviteMate))
	r.GET("/structures/:id/membres/invitation", s.signedIn(s.invitePage))
	r.GET("/structures/:id/membres/relais", s.signedIn(s.relayPage))
	r.POST("/structures/:id/membres/relais", s.signedIn(s.handOver))
	r.POST("/structures/:id/membres/:compte/role", s.signedIn(s.promote))
	r.POST("/structures/:id/membres/:compte/lien", s.signedIn(s.inviteMateAgain))
	r.GET("/structures/:id/membres/:compte/retrait", s.signedIn(s.departPage))
	r.POST("/structures/:id/membres/:compte/retrait", s.signedIn(s.depart))
	r.GET("/personnes/:id", s.signedIn(s.personPage))
	r.POST("/personnes/:id", s.signedIn(s.editPerson))
	r.GET("/personnes/:id/modifier", s.signedIn(s.editPersonPage))
	r.GET("/personnes/:id/consultations", s.signedIn(s.personReadsPage))
	r.GET("/personnes/:id/effacement", s.signedIn(s.erasurePage))
	r.POST("/personnes/:id/effacement", s.signedIn(s.erasePerson))
	r.GET("/fonctions/:id/modifier", s.signedIn(s.editPositionPage))
	r.POST("/fonctions/:id", s.signedIn(s.editPosition))
	r.POST("/fonctions/:id/fin", s.signedIn(s.endPosition))
	r.POST("/fonctions/:id/reprise", s.signedIn(s.resumePosition))

	r.GET("/ateliers", s.seeing(s.workshopsPage))
	r.GET("/ateliers.csv", s.seeing(s.workshopsFile))
	r.GET("/ateliers.ics", s.seeing(s.workshopsDiary))
	r.GET("/ateliers/nouveau", s.doing(app.KeepWorkshops, s.newWorkshopPage))
	r.POST("/ateliers", s.doing(app.KeepWorkshops, s.createWorkshop))
	r.GET("/ateliers/:id", s.signedIn(s.workshopPage)) // and /ateliers/:id.ics
	r.POST("/ateliers/:id", s.signedIn(s.editWorkshop))
	r.GET("/ateliers/:id/modifier", s.signedIn(s.editWorkshopPage))
	r.POST("/ateliers/:id/publication", s.signedIn(s.publishWorkshop))
	r.GET("/ateliers/:id/report", s.signedIn(s.postponePage))
	r.POST("/ateliers/:id/report", s.signedIn(s.postpone))
	r.GET("/ateliers/:id/annulation", s.signedIn(s.cancelPage))
	r.POST("/ateliers/:id/annulation", s.signedIn(s.cancelWorkshop))
	r.POST("/ateliers/:id/reprise", s.signedIn(s.resumeWorkshop))
	r.POST("/ateliers/:id/copies", s.signedIn(s.duplicateWorkshop))

	r.GET("/convention", s.seeing(s.conventionPage))
	r.GET("/convention.csv", s.seeing(s.conventionFile))
	r.GET("/convention/nouvelle", s.coordinating(s.newConventionPage))
	r.POST("/convention/nouvelle", s.coordinating(s.createConvention))
	r.GET("/convention/:id/modifier", s.seeing(s.editConventionPage))
	r.POST("/convention/:id/modifier", s.seeing(s.editConvention))

	r.GET("/reseau/carte", s.seeing(s.mapPage))
	r.GET("/reseau/carte.csv", s.seeing(s.mapFile))
	r.GET("/reseau/graphe", s.seeing(s.graphPage))
	r.GET("/reseau/graphe.json", s.seeing(s.graphData))
	r.GET("/reseau/graphe.csv", s.seeing(s.graphFile))
	r.GET("/reseau/indicateurs", s.seeing(s.indicatorsPage))
	r.GET("/reseau/indicateurs.csv", s.seeing(s.indicatorsFile))

	r.GET("/ateliers/:id/invitations", s.signedIn(s.invitationsPage))
	r.POST("/ateliers/:id/invitations", s.signedIn(s.invite))
	r.POST("/ateliers/:id/invitations/relance", s.signedIn(s.remind))
	r.POST("/ateliers/:id/invitations/:structure/retrait", s.signedIn(s.disinvite))
	r.GET("/ateliers/:id/inscriptions", s.signedIn(s.registrationsPage))
	r.POST("/ateliers/:id/inscriptions", s.signedIn(s.register))
	r.POST("/ateliers/:id/inscriptions/reponse", s.signedIn(s.answerInvitation))
	r.POST("/ateliers/:id/inscriptions/:inscription/retrait", s.signedIn(s.cancelRegistration))
	r.POST("/ateliers/:id/inscriptions/:inscription/remplacement", s.signedIn(s.substitute))
	r.GET("/ateliers/:id/presences", s.signedIn(s.doorPage))
	r.POST("/ateliers/:id/presences", s.signedIn(s.welcomeWalkIn))
	r.GET("/ateliers/:id/presences/recherche", s.signedIn(s.searchDoor))
	r.GET("/ateliers/:id/presences/direct", s.signedIn(s.followDoor))
	r.POST("/ateliers/:id/presences/absents", s.signedIn(s.markAbsent))
	r.GET("/ateliers/:id/presences/:inscription", s.signedIn(s.absencePage))
	r.POST("/ateliers/:id/presences/:inscription", s.signedIn(s.record))
	r.GET("/ateliers/:id/emargement.pdf", s.signedIn(s.signInSheet))
}

// secure reports whether people come by https, so that cookies may insist on it.
func (s *server) secure() bool { return len(s.BaseURL) > 8 && s.BaseURL[:8] == "https://" }
