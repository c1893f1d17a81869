package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"maillage/app"
	"maillage/app/secret"
	"maillage/db/fill"
)

// runFill adds a plausible crowd of the size asked to the database: maillage fill
// -structures 100000 -workshops 5000 -people 100000.
func runFill(ctx context.Context, s settings, args []string) error {
	flags := flag.NewFlagSet("maillage fill", flag.ContinueOnError)
	var size fill.Size
	flags.IntVar(&size.Structures, "structures", 300, "nombre de structures")
	flags.IntVar(&size.Workshops, "workshops", 60, "nombre d’ateliers")
	flags.IntVar(&size.People, "people", 600, "nombre de personnes")
	flags.IntVar(&size.Territories, "territories", 0, "nombre de territoires (par défaut, un pour 300 structures)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer d.Close()
	if size.PasswordHash, err = secret.HashPassword(s.DemoPassword); err != nil {
		return err
	}
	begin := time.Now()
	opened, err := fill.Load(ctx, d, size, begin)
	if err != nil {
		return err
	}
	fmt.Printf("%s dans %s, en %.1f s. Compte : %s, mot de passe %s\n",
		app.Count(size.Structures, "structure", "structures"), app.Count(len(opened), "territoire", "territoires"),
		time.Since(begin).Seconds(), fill.Email, s.DemoPassword)
	return nil
}
