package demo

import "maillage/app"

// A plan is a workshop as the demonstration wants it, before anybody comes.
type plan struct {
	day         app.Date // of those of the first convention
	in          int      // days from today, of those of the second
	from, until string   // hours in Paris
	kind        app.WorkshopKind
	title       string
	phase, axis int // from 1; 0: none
	themes      []app.Theme
	commune     app.CommuneCode // "" when held by video
	place       string
	agenda      string
	capacity    int
	people      int    // named, or for a past one present
	waiting     int    // on the waiting list besides
	mission     answer // what the référent·e's structure says to it
	status      app.WorkshopStatus
	reason      string // why it is cancelled
	moved       int    // days by which it was put off
}

// What the Mission locale of Souillac, whose référent·e has an account, does with an invitation.
type answer int

const (
	asOthers  answer = iota // like any other structure
	silent                  // has not answered yet
	comes                   // names its référent·e
	comesBoth               // names its référent·e and the colleague
	declines
)

const (
	biars      app.CommuneCode = "46029"
	bretenoux  app.CommuneCode = "46038"
	gramat     app.CommuneCode = "46128"
	martel     app.CommuneCode = "46185"
	payrac     app.CommuneCode = "46215"
	rocamadour app.CommuneCode = "46240"
	saintCere  app.CommuneCode = "46251"
	souillac   app.CommuneCode = "46309"
	vayrac     app.CommuneCode = "46330"
)

func themes(keys ...app.Theme) []app.Theme { return keys }

// diagnostic are the fifteen workshops that the article counts, and the day on the
// action plan, which is the last.
var diagnostic = []plan{
	{day: "2016-10-18", title: "Lancer le diagnostic partagé : attentes et méthode", commune: souillac, themes: themes("transversal")},
	{day: "2016-11-08", axis: 2, title: "Petite enfance : l’offre d’accueil et ses manques", commune: gramat, themes: themes("petite-enfance", "parentalite")},
	{day: "2016-11-22", axis: 2, title: "Assistants maternels : attirer, former, rompre l’isolement", commune: vayrac, themes: themes("petite-enfance", "emploi")},
	{day: "2016-12-06", axis: 2, title: "Enfance : mercredis, vacances et temps périscolaires", commune: biars, themes: themes("enfance")},
	{day: "2017-01-10", axis: 2, title: "Jeunesse : ce que vivent les 12–17 ans", commune: saintCere, themes: themes("jeunesse")},
	{day: "2017-01-24", axis: 2, title: "Parentalité : soutenir les parents, où et quand ?", commune: martel, themes: themes("parentalite")},
	{day: "2017-02-07", axis: 1, title: "Horaires décalés : concilier travail et vie de famille", commune: biars, themes: themes("emploi", "petite-enfance")},
	{day: "2017-02-28", axis: 3, title: "Centres sociaux et lieux de rencontre : qui en est loin ?", commune: bretenoux, themes: themes("vie-sociale", "lien-social")},
	{day: "2017-03-14", axis: 3, title: "Accès aux droits : trouver la bonne porte", commune: souillac, themes: themes("acces-droits")},
	{day: "2017-03-28", axis: 3, title: "Inclusion numérique : les démarches en ligne des familles", commune: gramat, themes: themes("numerique", "acces-droits")},
	{day: "2017-04-04", axis: 1, title: "Insertion et emploi : les freins des familles", commune: souillac, themes: themes("emploi")},
	{day: "2017-04-25", axis: 3, title: "Mobilité : vivre en famille sans deux voitures", commune: payrac, themes: themes("mobilite", "jeunesse")},
	{day: "2017-05-09", axis: 4, title: "Logement : se chauffer, adapter, rester", commune: saintCere, themes: themes("logement")},
	{day: "2017-05-23", axis: 2, title: "Handicap : accueillir chaque enfant avec les autres", commune: rocamadour, themes: themes("handicap", "enfance", "sante")},
	{day: "2017-06-13", title: "Partager les constats du diagnostic", commune: gramat, themes: themes("transversal")},
	{
		day: "2017-10-12", from: "09:00", until: "17:00", kind: "seminaire", phase: 3, title: "Journée sur le plan d’actions", commune: rocamadour,
		place: "Salle des fêtes", themes: themes("transversal"), people: 43, agenda: "Retour sur le diagnostic\nQuatre tables, une par axe\nRepas partagé\nChoix des actions prioritaires",
	},
}

// running are the workshops of the second convention: those of the last year, then
// those of the weeks to come, the first of them today when the hour allows.
var running = []plan{
	{in: -320, kind: "copil", title: "COPIL : bilan de l’année et priorités", commune: souillac, themes: themes("transversal"), people: 16},
	{in: -275, axis: 2, title: "Relais petite enfance : parler d’une même voix aux parents", commune: gramat, themes: themes("petite-enfance"), people: 10},
	{in: -236, axis: 3, kind: "groupe", title: "Itinérance : où passe le bus France services ?", commune: payrac, themes: themes("acces-droits", "numerique", "mobilite"), people: 9},
	{in: -187, axis: 1, title: "Retour à l’emploi des parents seuls", commune: souillac, themes: themes("emploi", "parentalite"), people: 12, mission: comes},
	{in: -138, kind: "cotech", title: "COTECH : où en sont les actions ?", commune: gramat, themes: themes("transversal"), people: 11},
	{in: -76, axis: 2, title: "Été des 11–17 ans : ce qui a manqué", commune: saintCere, themes: themes("jeunesse", "enfance"), people: 13, mission: comesBoth},
	{in: -41, axis: 4, kind: "groupe", title: "Repérer ensemble l’habitat indigne", commune: martel, themes: themes("logement", "acces-droits"), people: 9},
	{in: -20, axis: 3, title: "Semaine bleue : ce que l’on recommence", commune: vayrac, themes: themes("autonomie", "lien-social"), people: 11},
	{in: -3, axis: 2, kind: "groupe", title: "Accueil du mercredi : horaires et places", commune: biars, themes: themes("enfance", "petite-enfance"), people: 12, mission: declines},

	{
		in: 0, axis: 3, kind: "groupe", title: "Premier accueil des familles : qui oriente vers qui ?", commune: gramat, place: "Maison des services",
		themes: themes("acces-droits", "parentalite", "petite-enfance", "emploi"), capacity: 24, people: 17, mission: comes,
		agenda: "Tour de table : ce que chacun propose\nTrois situations vécues\nUne fiche commune d’orientation",
	},
	{in: 2, axis: 2, title: "Forum « Grandir ici » : préparer la journée des familles", commune: saintCere, themes: themes("parentalite", "enfance", "vie-sociale"), capacity: 20, people: 11, mission: silent},
	{in: 7, axis: 1, kind: "groupe", title: "Garde à horaires décalés et retour à l’emploi", commune: biars, themes: themes("emploi", "petite-enfance"), capacity: 15, people: 14, mission: silent},
	{in: 9, axis: 2, title: "Écrans et parentalité : outiller les professionnels", commune: souillac, themes: themes("parentalite", "numerique", "jeunesse"), capacity: 12, people: 12, waiting: 3, mission: declines},
	{in: 12, axis: 3, title: "Ludothèque itinérante : premiers circuits", commune: rocamadour, themes: themes("vie-sociale", "petite-enfance"), capacity: 16, people: 6, status: app.Cancelled, reason: "La salle est en travaux ; une nouvelle date sera proposée."},
	{in: 14, kind: "cotech", title: "COTECH : préparer le bilan annuel", commune: souillac, themes: themes("transversal"), people: 9},
	{in: 17, axis: 3, title: "Numérique : accompagner sans faire à la place", themes: themes("numerique", "acces-droits"), capacity: 30, people: 7, mission: silent},
	{in: 22, axis: 1, title: "Mobilité des jeunes : du village au lycée", commune: martel, themes: themes("mobilite", "jeunesse", "emploi"), capacity: 18, people: 8, mission: comesBoth},
	{in: 30, kind: "copil", title: "COPIL : bilan de l’année et moyens", commune: gramat, themes: themes("transversal"), people: 8},
	{in: 37, axis: 3, title: "Bien vieillir chez soi, entourés", commune: vayrac, themes: themes("autonomie", "lien-social", "logement"), capacity: 20, people: 5, moved: 21},
	{in: 51, kind: "seminaire", from: "09:00", until: "17:00", title: "Journée du réseau", commune: rocamadour, themes: themes("transversal"), capacity: 80, status: app.Draft},
}
