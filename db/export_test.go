package db

// Watch has each statement that d runs told to look, for tests of what is done.
func Watch(d *DB, look func(query string)) {
	bind := d.bind
	d.bind = func(query string) string {
		look(query)
		return bind(query)
	}
}
