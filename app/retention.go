package app

import (
	"slices"
	"strconv"
	"time"
)

// A Keeping names a kind of data that is kept for a time.
type Keeping string

// The kinds of data with a time of their own.
const (
	KeepIdleAccounts Keeping = "comptes"
	KeepContacts     Keeping = "contacts"
	KeepRecords      Keeping = "fiches"
	KeepPresences    Keeping = "presences"
	KeepJournal      Keeping = "journal"
	KeepReads        Keeping = "consultations"
	KeepMails        Keeping = "courriels"
	KeepSessions     Keeping = "connexions"
	KeepLinks        Keeping = "liens"
	KeepRequests     Keeping = "demandes"
	KeepPersonLinks  Keeping = "liens-personnels"
	KeepSteps        Keeping = "etapes"
	KeepFailures     Keeping = "echecs"
	KeepImports      Keeping = "imports"
	KeepInquiries    Keeping = "verifications"
	KeepMerges       Keeping = "fusions"
)

// NoticeBefore is how long before data goes somebody is told: its person, or who keeps it.
const NoticeBefore = 30 * 24 * time.Hour

// A Rule says how long a kind of data is kept, and what happens then.
type Rule struct {
	Keeping Keeping
	Label   string
	Since   string // from when the time runs
	Then    string // what happens at its end
	Months  int    // by default; 0: Fixed says it
	Least   int    // months that may be chosen
	Most    int
	Fixed   string // a technical time that nobody sets, in words
	Told    bool   // the person is told before
}

// Rules are the rules of retention, in the order they are read. The defaults follow the
// CNIL's recommendations on the management of contacts (three years after the last
// contact), of accounts (two years without use) and of logs (six months to a year).
var Rules = []Rule{
	{KeepIdleAccounts, "Comptes inactifs", "depuis la dernière connexion", "Le compte est supprimé, avec ses rôles, ses connexions, ses seconds facteurs et son identité chez un fournisseur ; la fiche de la personne reste si sa structure la tient.", 24, 6, 36, "", true},
	{KeepContacts, "Coordonnées à reconfirmer", "depuis la dernière correction, connexion ou participation", "La personne reçoit un courriel qui lui montre ses coordonnées et lui demande de les confirmer ou de les corriger.", 12, 6, 24, "", false},
	{KeepRecords, "Fiches sans nouvelles", "depuis la dernière correction, connexion ou participation", "La fiche est effacée ; les présences restent comptées, sans nom.", 36, 12, 36, "", true},
	{KeepPresences, "Présences et inscriptions", "depuis la fin de la convention, évaluation comprise", "Les noms sont retirés des présences et des listes ; les structures et les chiffres ne changent pas.", 12, 0, 60, "", false},
	{KeepJournal, "Journal des actes", "depuis chaque acte", "Les lignes sont supprimées.", 12, 6, 36, "", false},
	{KeepReads, "Traces de consultation", "depuis chaque consultation de coordonnées ou de présences", "Les lignes sont supprimées.", 0, 0, 0, strconv.Itoa(TraceMonths) + " mois", false},
	{KeepMails, "Courriels envoyés", "depuis l’envoi", "Le courriel est supprimé, adresse et texte.", 6, 1, 12, "", false},
	{KeepRequests, "Demandes d’accès", "depuis la demande", "La demande est supprimée ; elle l’est dès qu’on y a répondu.", 0, 0, 0, "30 jours (7 si l’adresse n’est pas confirmée)", false},
	{KeepImports, "Fichiers importés", "depuis le dépôt du fichier", "Les lignes du fichier sont supprimées, et l’import ne s’annule plus ; il en reste le nom, la date et les nombres.", 0, 0, 0, strconv.Itoa(ImportDays) + " jours", false},
	{KeepInquiries, "Demandes de vérification des fiches", "depuis l’envoi", "Le lien ne sert plus et l’adresse à laquelle il a été envoyé est supprimée ; la réponse de la structure l’est un an après.", 0, 0, 0, "30 jours pour le lien, 12 mois pour la réponse", false},
	{KeepMerges, "Fusions de structures", "depuis la fusion", "Ce qui permet de la défaire est supprimé ; il en reste les deux fiches, la date, qui l’a faite et les nombres.", 0, 0, 0, strconv.Itoa(MergeDays) + " jours", false},
	{KeepSessions, "Connexions", "depuis l’ouverture", "La connexion prend fin et sa trace est supprimée.", 0, 0, 0, "30 jours", false},
	{KeepLinks, "Liens de connexion", "depuis l’envoi", "Le lien ne sert plus ; sa trace est supprimée le lendemain. Seule une empreinte en est gardée.", 0, 0, 0, Count(int(LinkLife.Minutes()), "minute", "minutes") + " (7 jours pour une invitation)", false},
	{KeepPersonLinks, "Liens personnels vers « Mes données »", "depuis l’envoi", "Le lien ne sert plus ; sa trace est supprimée dans la journée. Seule une empreinte en est gardée.", 0, 0, 0, "30 jours (3 pour confirmer une adresse)", false},
	{KeepSteps, "Étapes d’une connexion", "depuis l’étape : second facteur, clé d’accès, passage chez le fournisseur d’identité, code d’aide", "L’étape ne sert plus ; sa trace est supprimée dans la journée.", 0, 0, 0, "30 minutes au plus (une heure pour le compte des courriels demandés)", false},
	{KeepFailures, "Échecs de connexion", "depuis le dernier essai", "Le compteur est supprimé. L’adresse essayée n’est gardée que sous forme d’empreinte.", 0, 0, 0, "24 heures", false},
}

// RuleOf returns the rule of a kind of data.
func RuleOf(k Keeping) Rule {
	return Rules[slices.IndexFunc(Rules, func(r Rule) bool { return r.Keeping == k })]
}

// Retention is how many months each kind of data is kept; one that is not in it is kept
// for its default.
type Retention map[Keeping]int

// Months returns how many months data of k is kept.
func (r Retention) Months(k Keeping) int {
	if months, set := r[k]; set {
		return months
	}
	return RuleOf(k).Months
}

// Words writes the time of k: "24 mois", "30 jours".
func (r Retention) Words(k Keeping) string {
	if fixed := RuleOf(k).Fixed; fixed != "" {
		return fixed
	}
	return strconv.Itoa(r.Months(k)) + " mois"
}

// Promise says in a few sentences, to a person, how long what is known of them is kept.
func (r Retention) Promise() string {
	presences := "jusqu’à la fin de la convention"
	if r.Months(KeepPresences) > 0 {
		presences = "jusqu’à " + r.Words(KeepPresences) + " après la fin de la convention"
	}
	return "Vos coordonnées : tant que vous participez, puis " + r.Words(KeepRecords) + " au plus sans nouvelles de vous. " +
		"Votre compte, si vous en avez un : " + r.Words(KeepIdleAccounts) + " sans connexion. " +
		"Vos présences : " + presences + ", puis sans votre nom. " +
		"Ce que l’outil vous écrit : " + r.Words(KeepMails) + ". " +
		"La trace de qui vous a consulté·e : " + r.Words(KeepReads) + "."
}

// Before returns the moment before which data of k has been kept long enough at now.
func (r Retention) Before(k Keeping, now time.Time) time.Time {
	return now.AddDate(0, -r.Months(k), 0)
}

// Due returns when data of k goes of which the time has run since.
func (r Retention) Due(k Keeping, since time.Time) time.Time {
	return since.AddDate(0, r.Months(k), 0)
}

// Check returns r as it may be kept, or an Invalid error that says by kind what is out of
// the legal limits.
func (r Retention) Check() error {
	wrong := Fields{}
	for _, rule := range Rules {
		months, set := r[rule.Keeping]
		if set && (months < rule.Least || months > rule.Most || rule.Months == 0) {
			wrong.Add(string(rule.Keeping), "Choisissez entre "+strconv.Itoa(rule.Least)+" et "+strconv.Itoa(rule.Most)+" mois.")
		}
	}
	if r.Months(KeepRecords) < r.Months(KeepContacts) {
		wrong.Add(string(KeepRecords), "Une fiche se garde au moins aussi longtemps que le délai pour la reconfirmer.")
	}
	return wrong.Err()
}

// ChangesFrom returns what r changes of before, in the words of the page.
func (r Retention) ChangesFrom(before Retention) (changes Changes) {
	for _, rule := range Rules {
		changes.Note(rule.Label, before.Words(rule.Keeping), r.Words(rule.Keeping))
	}
	return changes
}

// A DueItem is something whose time has come, or comes soon.
type DueItem struct {
	Keeping Keeping
	ID      string
	Name    string    // of the person or the convention
	Email   string    // where to tell the person, "" nowhere
	Since   time.Time // from when the time runs
	Due     time.Time // when its time has come
	Told    time.Time // when the person was told, or else who keeps the data; zero if nobody was since
	Count   int       // how many things go: 1 for a person
}

// ByLetter reports whether the person is told; who keeps the data is, when not.
func (i DueItem) ByLetter() bool { return RuleOf(i.Keeping).Told && i.Email != "" }

// Telling reports whether somebody must be told at now that it goes, and was not.
func (i DueItem) Telling(now time.Time) bool {
	return i.Keeping != KeepContacts && i.Told.IsZero() && !now.Before(i.Due.Add(-NoticeBefore))
}

// Sudden reports whether it was not seen coming: at now its time has come, or comes in
// clearly less time than people are promised. A date or a time was changed, mostly.
func (i DueItem) Sudden(now time.Time) bool {
	return i.Due.Before(now.Add(NoticeBefore - 2*24*time.Hour))
}

// GoesOn returns when it goes, if nothing changes: nobody has less time than was promised.
func (i DueItem) GoesOn(now time.Time) time.Time {
	if i.Keeping == KeepContacts {
		return i.Due
	}
	told := i.Told
	if told.IsZero() {
		told = now
	}
	if end := told.Add(NoticeBefore); end.After(i.Due) {
		return end
	}
	return i.Due
}

// Going reports whether it goes at now: its time has come and somebody was told long
// enough before, so that no date changed by mistake removes anything unseen.
func (i DueItem) Going(now time.Time) bool {
	return !now.Before(i.Due) && (i.Keeping == KeepContacts || !i.Told.IsZero() && !now.Before(i.Told.Add(NoticeBefore)))
}
