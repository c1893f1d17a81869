package app

// A Piece is one thing that a record says, which helps who sends a family there.
type Piece struct {
	Field string // by which a form names it
	Label string // with its article: "les horaires"
	Why   string // what it is for
}

// pieces are those of a record, the most useful first, with whether o has them.
func (o Organisation) pieces() []struct {
	Piece
	there bool
} {
	return []struct {
		Piece
		there bool
	}{
		{Piece{"telephone", "un téléphone ou un courriel", "pour la joindre"}, o.Phone != "" || o.Email != ""},
		{Piece{"commune", "la commune", "pour la trouver près de chez soi"}, o.Commune != "" || o.Departmental},
		{Piece{"description", "ce qu’elle fait et pour qui", "pour savoir quelles familles lui adresser"}, o.Description != ""},
		{Piece{"horaires", "les horaires", "pour ne pas trouver porte close"}, o.OpeningHours != ""},
		{Piece{"adresse", "l’adresse", "pour s’y rendre"}, o.Address != "" || o.Departmental},
		{Piece{"courriel", "un courriel", "pour lui demander si sa fiche est juste"}, o.Email != ""},
		{Piece{"site", "le site", "pour en savoir plus"}, o.Website != ""},
		{Piece{"siret", "le SIRET", "pour ne la confondre avec aucune autre"}, o.SIRET != ""},
	}
}

// Completeness is how much of a record is filled, and what to fill next.
type Completeness struct {
	Filled int
	Of     int
	Next   Piece // the most useful that is missing; zero when nothing is
}

// Completeness returns how much of o is filled.
func (o Organisation) Completeness() (c Completeness) {
	for _, p := range o.pieces() {
		c.Of++
		switch {
		case p.there:
			c.Filled++
		case c.Next == Piece{}:
			c.Next = p.Piece
		}
	}
	return c
}

// Whole reports whether nothing is missing.
func (c Completeness) Whole() bool { return c.Filled == c.Of }
