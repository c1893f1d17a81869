package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maillage/app"
	"maillage/views"
)

// rescue takes the second factors of an account back: maillage secours adresse@exemple.fr.
// It is for the last administrator, whom nobody else can help; whoever may run it holds
// the database already. The person is told by e-mail, and the trail keeps it.
func rescue(ctx context.Context, s settings, args []string) error {
	if len(args) != 1 || app.CheckEmail(app.FoldEmail(args[0])) != nil {
		return errors.New("ces arguments ne sont pas compris : il faut l’adresse d’un compte, par exemple maillage secours prenom.nom@exemple.fr")
	}
	d, err := openDatabase(ctx, s)
	if err != nil {
		return err
	}
	defer d.Close()
	now := time.Now()
	if err := d.Rescue(ctx, app.FoldEmail(args[0]), views.FactorMail(views.FactorsRescued, "", s.BaseURL, now), now); err != nil {
		return err
	}
	fmt.Printf("Le second facteur de %s est retiré, ses appareils sont déconnectés. Cette personne se connecte maintenant avec son mot de passe ou un lien.\n", args[0])
	return nil
}
