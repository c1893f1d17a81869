package app

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
	fields.Name(FieldFirstName, n.FirstName)
	fields.Name(FieldLastName, n.LastName)
	fields.Limit(FieldFunction, n.Function, MaxFunction)
	fields.Email(FieldEmail, n.Email)
	return fields.Err()
}

// Name returns first and last name.
func (n Newcomer) Name() string { return Tidy(n.FirstName + " " + n.LastName) }
