package app

import "unicode/utf8"

// Newcomer is somebody named for a workshop who is not in the directory yet: a name
// and a function suffice.
type Newcomer struct {
	FirstName string
	LastName  string
	Function  string
	Email     string
}

// The fields of the form that names a newcomer.
const (
	FieldFirstName = "prenom"
	FieldLastName  = "nom"
	FieldFunction  = "fonction"
	FieldEmail     = "courriel"
)

// longestName is more than any name or function of a person.
const longestName = 120

// Tidied returns n as it is kept.
func (n Newcomer) Tidied() Newcomer {
	return Newcomer{Tidy(n.FirstName), Tidy(n.LastName), Tidy(n.Function), FoldEmail(Tidy(n.Email))}
}

// Check reports what is wrong with n, Tidied, by field.
func (n Newcomer) Check() error {
	fields := Fields{}
	if Fold(n.LastName) == "" {
		fields.Add(FieldLastName, "Indiquez le nom.")
	}
	for field, text := range map[string]string{FieldFirstName: n.FirstName, FieldLastName: n.LastName, FieldFunction: n.Function, FieldEmail: n.Email} {
		if utf8.RuneCountInString(text) > longestName {
			fields.Add(field, "C’est trop long : 120 caractères au plus.")
		}
	}
	if n.Email != "" {
		if err := CheckEmail(n.Email); err != nil {
			fields.Add(FieldEmail, err.Error())
		}
	}
	return fields.Err()
}

// Name returns first and last name.
func (n Newcomer) Name() string { return Tidy(n.FirstName + " " + n.LastName) }
