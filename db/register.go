package db

import (
	"context"
	"encoding/json"
	"time"

	"maillage/app"
)

const registerSetting = "registre"

// ProcessingRegister returns the register of processing activities as it is written.
func (d *DB) ProcessingRegister(ctx context.Context) (app.Register, error) {
	return register(ctx, d.reader())
}

func register(ctx context.Context, c conn) (r app.Register, err error) {
	value, err := setting(ctx, c, registerSetting)
	if err != nil || value == "" {
		return r, err
	}
	return r, json.Unmarshal([]byte(value), &r)
}

// EditRegister replaces what the register says. r.Version is that of the one it was written
// over; if somebody changed it since, it is a Conflict and nothing changes.
func (d *DB) EditRegister(ctx context.Context, by app.Viewer, r app.Register, now time.Time) error {
	if !by.MayAdminister() {
		return app.Errorf(app.Forbidden, "Le registre est tenu par l’administration de l’instance.")
	}
	r, err := r.Checked()
	if err != nil {
		return err
	}
	return d.update(ctx, func(c conn) error {
		if err := lockAdministration(ctx, c); err != nil {
			return err
		}
		before, err := register(ctx, c)
		if err != nil {
			return err
		}
		if before.Version != r.Version {
			return app.Errorf(app.Conflict, "Quelqu’un d’autre a modifié le registre pendant que vous écriviez. Rien n’est perdu : comparez, puis enregistrez à nouveau.")
		}
		changes := r.ChangesFrom(before)
		if len(changes) == 0 {
			return nil
		}
		r.Version++
		value, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if err := setSetting(ctx, c, registerSetting, string(value)); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfRetention, theRegister, "a modifié le registre des traitements", changes)
	})
}

// theRegister stands for the register where a thing has an id.
const theRegister = "registre"

// RegisterHistory returns the last changes of the register, newest first.
func (d *DB) RegisterHistory(ctx context.Context) ([]app.Entry, error) {
	return d.History(ctx, app.OfRetention, theRegister, 20)
}
