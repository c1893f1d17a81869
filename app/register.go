package app

import "slices"

// MaxRegisterText is the most that one entry of the register holds, in characters.
const MaxRegisterText = 4000

// A RegisterEntry is one thing that the register of processing activities says.
type RegisterEntry struct {
	Key     string
	Label   string
	Hint    string
	Default string // "": to be completed by the controller
	Lines   int    // of its form field; 1: one line
}

// A RegisterPart is a part of the register: what is common to all, or one activity.
type RegisterPart struct {
	Key     string
	Title   string
	Entries []RegisterEntry
	Keeps   []Keeping // whose times it tells; none for the common part
}

// Register is the record of processing activities (RGPD, art. 30) of this instance: what
// its controller wrote over what comes filled in.
type Register struct {
	Version int
	Texts   map[string]string // by the key of the entry
}

// Text returns what the register says under a key, "" when it is still to be completed.
func (r Register) Text(key string) string {
	if text, written := r.Texts[key]; written {
		return text
	}
	for _, part := range RegisterParts {
		for _, e := range part.Entries {
			if e.Key == key {
				return e.Default
			}
		}
	}
	return ""
}

// Missing counts the entries that are still to be completed.
func (r Register) Missing() (n int) {
	for _, part := range RegisterParts {
		for _, e := range part.Entries {
			if r.Text(e.Key) == "" {
				n++
			}
		}
	}
	return n
}

// ChangesFrom returns what r changes of before, in the words of the page.
func (r Register) ChangesFrom(before Register) (changes Changes) {
	for _, part := range RegisterParts {
		for _, e := range part.Entries {
			changes.Note(part.Title+" · "+e.Label, before.Text(e.Key), r.Text(e.Key))
		}
	}
	return changes
}

// Checked returns r without what says the same as what comes filled in, or an Invalid
// error that says by key what is too long.
func (r Register) Checked() (Register, error) {
	wrong, texts := Fields{}, map[string]string{}
	for _, part := range RegisterParts {
		for _, e := range part.Entries {
			text, written := r.Texts[e.Key]
			if !written {
				continue
			}
			wrong.Limit(e.Key, text, MaxRegisterText)
			if text != e.Default {
				texts[e.Key] = text
			}
		}
	}
	r.Texts = texts
	return r, wrong.Err()
}

// Activities returns the parts of the register that are one activity each.
func Activities() []RegisterPart {
	return slices.DeleteFunc(slices.Clone(RegisterParts), func(p RegisterPart) bool { return len(p.Keeps) == 0 })
}

const (
	publicTask = "Exécution d’une mission d’intérêt public (RGPD, article 6, paragraphe 1, point e) : la convention territoriale globale, conclue entre la Caf et la collectivité, coordonne les services aux familles du territoire. Aucun consentement n’est demandé ; chaque personne peut s’opposer."
	noOthers   = "Aucun transfert hors de l’Union européenne. Aucune page ne charge quoi que ce soit chez un tiers ; le fond de carte, s’il est réglé, est demandé par le navigateur à l’IGN sans donnée nominative."
)

// RegisterParts are the parts of the register with what comes filled in for this product.
var RegisterParts = []RegisterPart{
	{"commun", "L’organisme", []RegisterEntry{
		{"responsable", "Responsable de traitement", "Nom de l’organisme et adresse. Par exemple la communauté de communes.", "", 2},
		{"representant", "Représentant·e légal·e", "Nom et fonction.", "", 1},
		{"dpo", "Délégué·e à la protection des données", "Nom ou service.", "", 1},
		{"contact", "Pour exercer ses droits", "Adresse électronique et postale où l’on écrit.", "", 2},
		{"conjoints", "Responsables conjoints", "Les signataires de la convention qui décident avec vous, s’il y en a.", "La Caf et la collectivité signataires décident ensemble de l’usage de cet outil, selon la convention territoriale globale.", 3},
		{"hebergeur", "Hébergeur et sous-traitants", "Qui héberge, maintient, envoie les courriels ; un contrat conforme à l’article 28 avec chacun.", "", 3},
		{"sauvegardes", "Sauvegardes", "Où, à quel rythme, combien de temps.", "", 2},
	}, nil},
	{"annuaire", "Tenir l’annuaire des partenaires", []RegisterEntry{
		{"annuaire.finalites", "Finalités", "", "Savoir quelles structures agissent auprès des familles du territoire, et qui les y représente. Joindre la bonne personne. Faire connaître les structures sur la carte et dans le réseau, sans jamais y montrer une personne.", 4},
		{"annuaire.base", "Base légale", "", publicTask, 3},
		{"annuaire.personnes", "Personnes concernées", "", "Professionnel·le·s et bénévoles des structures partenaires, élu·e·s, agents des collectivités et des institutions.", 2},
		{"annuaire.donnees", "Données", "", "Nom et prénom, fonction et structure avec leurs dates, adresse électronique et téléphone professionnels. Qui a confirmé la fiche d’une structure, quand, et à quelle adresse cela lui a été demandé. L’empreinte de l’adresse de qui a dit ne plus être la bonne personne à solliciter, pour ne plus lui écrire. Aucune donnée sensible au sens de l’article 9. Aucune donnée sur les familles ou les enfants accompagnés.", 3},
		{"annuaire.origine", "Origine", "", "La personne elle-même, sa structure, ou la coordination de la convention. Les structures viennent aussi de répertoires publics (page Sources) et de tableaux de partenaires, importés par la coordination ; les lignes de ces fichiers sont gardées le temps de pouvoir annuler l’import.", 2},
		{"annuaire.destinataires", "Destinataires", "", "Nom, fonction et structure : les partenaires connectés du territoire. Coordonnées : la structure de la personne et la coordination ; les autres partenaires seulement si la personne l’a choisi.", 3},
		{"annuaire.transferts", "Transferts", "", noOthers, 2},
	}, []Keeping{KeepContacts, KeepRecords, KeepImports, KeepInquiries, KeepMerges}},
	{"rencontres", "Organiser les ateliers et les instances", []RegisterEntry{
		{"rencontres.finalites", "Finalités", "", "Inviter les structures, savoir qui vient, accueillir, faire émarger. Rendre compte de la participation à la Caf et aux élu·e·s par des chiffres. Mesurer les liens entre structures, sans évaluer les personnes.", 4},
		{"rencontres.base", "Base légale", "", publicTask, 3},
		{"rencontres.personnes", "Personnes concernées", "", "Personnes inscrites par leur structure, personnes venues sans inscription, personnes qui animent.", 2},
		{"rencontres.donnees", "Données", "", "Nom et prénom, structure et fonction au jour de la rencontre, inscription, présence, absence excusée ou non, heure d’arrivée, personne représentée. La feuille d’émargement imprimée ne porte ni courriel ni téléphone.", 3},
		{"rencontres.origine", "Origine", "", "La structure qui répond à l’invitation, la personne à l’accueil, la coordination.", 2},
		{"rencontres.destinataires", "Destinataires", "", "La coordination, les personnes qui animent, la structure pour les siens. Les participants ne voient jamais les coordonnées les uns des autres. La Caf, les élu·e·s et le public ne reçoivent que des nombres.", 3},
		{"rencontres.transferts", "Transferts", "", noOthers, 2},
	}, []Keeping{KeepPresences, KeepMails}},
	{"acces", "Gérer les comptes et la sécurité", []RegisterEntry{
		{"acces.finalites", "Finalités", "", "Donner à chaque personne un compte personnel et les droits qui vont avec son rôle. Protéger les données : savoir qui a fait quoi, repérer un usage anormal, répondre à une demande.", 3},
		{"acces.base", "Base légale", "", "Mission d’intérêt public (article 6, paragraphe 1, point e) et obligation d’assurer la sécurité des données (article 32).", 2},
		{"acces.personnes", "Personnes concernées", "", "Personnes qui ont un compte, et celles qui en demandent un.", 2},
		{"acces.donnees", "Données", "", "Adresse de connexion, rôles, empreinte du mot de passe s’il y en a un. Second facteur : clé d’une application de codes (scellée), clés d’accès (leur partie publique), codes de secours (empreintes). Identité chez le fournisseur (ProConnect ou un autre) : émetteur et identifiant ; le temps d’une demande de compte, le nom, l’adresse, la structure et les rôles qu’il communique. Demandes d’accès. Appareils connectés, lieu approché et date de dernier usage. Échecs de connexion (empreinte de l’adresse). Actes effectués avec leur date, et pour le compte de qui. Consultations de coordonnées ou de présences : qui, quand, de qui. Courriels écrits par l’outil : destinataire, objet et texte.", 8},
		{"acces.origine", "Origine", "", "La personne elle-même, qui lui a ouvert son compte, le fournisseur d’identité par lequel elle se connecte, ou l’usage de l’outil.", 2},
		{"acces.destinataires", "Destinataires", "", "La personne pour ce qui est à elle ; l’administration de l’instance ; la coordination pour les comptes, le journal et les consultations de son territoire ; qui l’aide, le temps et avec le code qu’elle a donné.", 3},
		{"acces.securite", "Mesures de sécurité", "", "Comptes personnels, jamais partagés. Mots de passe conformes à la recommandation de la CNIL, gardés sous forme d’empreinte (Argon2id). Liens de connexion à usage unique. Essais ralentis après plusieurs échecs. Droits vérifiés à chaque demande et retirés aussitôt. Échanges chiffrés et cookies protégés quand le site est servi en HTTPS. Journal des actes. Suppression et anonymisation automatiques chaque jour.", 6},
		{"acces.transferts", "Transferts", "", noOthers, 2},
	}, []Keeping{KeepIdleAccounts, KeepJournal, KeepReads, KeepMails, KeepRequests, KeepSessions, KeepLinks, KeepSteps, KeepFailures}},
	{"droits", "Répondre aux personnes sur leurs données", []RegisterEntry{
		{"droits.finalites", "Finalités", "", "Informer chaque personne qu’elle figure ici, lui ouvrir ses données par un lien personnel, tenir ses demandes (opposition, effacement) et y répondre dans le mois, la prévenir avant d’effacer sa fiche ou son compte.", 3},
		{"droits.base", "Base légale", "", "Obligation légale (RGPD, article 6, paragraphe 1, point c ; articles 12 à 21).", 2},
		{"droits.personnes", "Personnes concernées", "", "Toutes les personnes qui figurent dans l’outil.", 2},
		{"droits.donnees", "Données", "", "Date à laquelle la personne a été informée, demande, motif et réponse, empreinte des liens personnels, dates des avertissements avant effacement.", 3},
		{"droits.origine", "Origine", "", "La personne elle-même, ou l’usage de l’outil.", 2},
		{"droits.destinataires", "Destinataires", "", "La personne ; la coordination de son territoire, à défaut l’administration de l’instance.", 2},
		{"droits.transferts", "Transferts", "", noOthers, 2},
	}, []Keeping{KeepPersonLinks, KeepRecords}},
	{"notice", "Notice d’information", []RegisterEntry{
		{"notice.ouverture", "Ouverture de la notice", "Les premières lignes de la page publique « Données personnelles ».", "Maillage est l’outil de travail des partenaires de la convention territoriale globale. Il contient des données sur les personnes qui y participent, parce que leur structure ou la coordination les y a inscrites, ou parce qu’elles ont un compte. Voici lesquelles, pourquoi, combien de temps, et comment en sortir.", 5},
	}, nil},
}
