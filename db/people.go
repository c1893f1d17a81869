package db

import (
	"context"

	"maillage/app"
)

const personColumns = `p.id, p.first_name, p.last_name, p.email, p.phone, p.visible, p.invented, p.created_at, p.updated_at, p.version`

func personFields(p *app.Person) []any {
	return []any{&p.ID, &p.FirstName, &p.LastName, &p.Email, &p.Phone, &p.Visible, &p.Invented, &p.CreatedAt, &p.UpdatedAt, &p.Version}
}

func scanPerson(s scanner) (p app.Person, err error) {
	err = s.Scan(personFields(&p)...)
	return p, err
}

func insertPerson(ctx context.Context, c conn, p app.Person) error {
	err := c.exec(ctx, `
		INSERT INTO people (id, first_name, last_name, sort_key, email, phone, visible, invented, created_at, updated_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.FirstName, p.LastName, app.Fold(p.LastName+" "+p.FirstName), p.Email, p.Phone, p.Visible, p.Invented,
		stored(p.CreatedAt), stored(p.UpdatedAt), max(1, p.Version))
	if err != nil {
		return err
	}
	return addWords(ctx, c, app.OfPerson, string(p.ID), p.FirstName, p.LastName)
}

func insertPosition(ctx context.Context, c conn, p app.Position, person app.Person) error {
	return c.exec(ctx, `
		INSERT INTO positions (id, person_id, organisation_id, function, since, until, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		p.ID, p.Person, p.Organisation, p.Function, p.Since, p.Until, stored(person.CreatedAt))
}

func insertAccount(ctx context.Context, c conn, a app.Account, passwordHash string) error {
	err := c.exec(ctx, `
		INSERT INTO accounts (id, person_id, email, password_hash, administrator, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, a.Person, a.Email, passwordHash, a.Administrator, stored(a.CreatedAt))
	if err != nil {
		return err
	}
	for territory, role := range a.Territories {
		if err := c.exec(ctx, `
			INSERT INTO account_territories (account_id, territory_id, role)
			VALUES ($1, $2, $3)`, a.ID, territory, role); err != nil {
			return err
		}
	}
	for organisation, role := range a.Organisations {
		if err := c.exec(ctx, `
			INSERT INTO account_organisations (account_id, organisation_id, role)
			VALUES ($1, $2, $3)`, a.ID, organisation, role); err != nil {
			return err
		}
	}
	return nil
}
