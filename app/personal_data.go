package app

// A PersonalTable is a table of the database in which people are known, with the activity
// of the register that it belongs to and the rule by which its rows go.
type PersonalTable struct {
	Name     string
	Activity string // key of a RegisterPart
	Keeping  Keeping
}

// PersonalTables are all of them: a migration that adds one says here where it belongs, and
// the register says what is in it.
var PersonalTables = []PersonalTable{
	{"people", "annuaire", KeepRecords},
	{"positions", "annuaire", KeepRecords},
	{"search_words", "annuaire", KeepRecords},
	{"imports", "annuaire", KeepImports},
	{"import_lines", "annuaire", KeepImports}, // a column of the file may name people
	{"import_rows", "annuaire", KeepImports},
	{"import_effects", "annuaire", KeepImports},
	{"merges", "annuaire", KeepMerges}, // who did it
	{"merge_moves", "annuaire", KeepMerges},
	{"distinctions", "annuaire", KeepRecords}, // who said so

	{"inquiries", "annuaire", KeepInquiries},       // what a structure wrote may name people
	{"inquiry_letters", "annuaire", KeepInquiries}, // to whom it was written
	{"inquiry_refusals", "annuaire", KeepRecords},  // the digest of an address that is not to be written to
	{"campaigns", "annuaire", KeepInquiries},

	{"registrations", "rencontres", KeepPresences},
	{"workshop_animators", "rencontres", KeepPresences},
	{"mails", "rencontres", KeepMails},
	{"mail_names", "rencontres", KeepMails},

	{"accounts", "acces", KeepIdleAccounts},
	{"account_territories", "acces", KeepIdleAccounts},
	{"account_organisations", "acces", KeepIdleAccounts},
	{"code_factors", "acces", KeepIdleAccounts},
	{"recovery_codes", "acces", KeepIdleAccounts},
	{"passkeys", "acces", KeepIdleAccounts},
	{"identities", "acces", KeepIdleAccounts},
	{"sessions", "acces", KeepSessions},
	{"links", "acces", KeepLinks},
	{"half_sessions", "acces", KeepSteps},
	{"challenges", "acces", KeepSteps},
	{"departures", "acces", KeepSteps},
	{"arrivals", "acces", KeepSteps},
	{"asked_mails", "acces", KeepSteps},
	{"help_codes", "acces", KeepSteps},
	{"join_requests", "acces", KeepRequests},
	{"sign_in_failures", "acces", KeepFailures},
	{"audit", "acces", KeepJournal},
	{"audit_names", "acces", KeepJournal},
	{"reads", "acces", KeepReads},
	{"read_people", "acces", KeepReads},

	{"person_links", "droits", KeepPersonLinks},
	{"objections", "droits", KeepRecords},
	{"retention_notices", "droits", KeepRecords},
}

// ImpersonalTables are the others: places, structures, conventions, and what is planned or
// set.
var ImpersonalTables = []string{
	"territories", "communes", "settings", "organisations", "organisation_territories",
	"conventions", "phases", "axes", "workshops", "invitations", "retention_warnings", "import_headings", "services",
}
