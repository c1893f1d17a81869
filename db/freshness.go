package db

import (
	"context"
	"time"

	"maillage/app"
)

// ConfirmOrganisation keeps that by said, at now, that the record is right as they saw it at
// that version; changed since, it is a Conflict. Said twice in a row it counts once.
func (d *DB) ConfirmOrganisation(ctx context.Context, by app.Viewer, id app.OrganisationID, version int, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		o, err := lockOrganisation(ctx, c, by, id)
		if err != nil {
			return err
		}
		if err := by.MayConfirm(o, version); err != nil {
			return err
		}
		return confirm(ctx, c, by, o, app.Verification{At: now, By: by.Actor(), Means: app.ByRecord}, "a confirmé que la fiche est juste", app.InquiryConfirmed)
	})
}

// confirm keeps v on o, which is locked, unless it repeats what was said just before, and
// notes it under act; what the structure was asked ends with that answer.
func confirm(ctx context.Context, c conn, by app.Viewer, o app.Organisation, v app.Verification, act string, answer app.InquiryState) error {
	if v.Repeats(o.Verified) {
		return nil
	}
	before := o.Verified
	o.Verified = v
	if err := writeVerification(ctx, c, o); err != nil {
		return err
	}
	if err := endInquiries(ctx, c, o.ID, "", answer, v.At); err != nil {
		return err
	}
	return note(ctx, c, by, v.At, app.OfOrganisation, string(o.ID), act, app.Changes{{Field: "Vérifiée le", Before: verifiedOn(before), After: verifiedOn(v)}})
}

func verifiedOn(v app.Verification) string {
	if v.Never() {
		return "jamais"
	}
	return string(app.DateOf(v.At))
}

// writeVerification writes when o was confirmed, how often it is to be, and from when again.
func writeVerification(ctx context.Context, c conn, o app.Organisation) error {
	err := c.change(ctx, `
		UPDATE organisations SET verified_at = $2, verified_by = $3, verified_how = $4, rhythm = $5
		WHERE id = $1`, o.ID, orNull(o.Verified.At), orNull(o.Verified.By), o.Verified.Means, o.Pace())
	if err != nil {
		return err
	}
	return c.exec(ctx, `UPDATE organisation_territories SET due_on = $2 WHERE organisation_id = $1`, o.ID, o.DueOn())
}

// SetRhythm keeps how often a structure is asked whether its record is right.
func (d *DB) SetRhythm(ctx context.Context, by app.Viewer, id app.OrganisationID, rhythm app.Rhythm, now time.Time) error {
	return d.update(ctx, func(c conn) error {
		o, err := lockOrganisation(ctx, c, by, id)
		if err != nil {
			return err
		}
		if !by.MayArchiveOrganisation(o) {
			return app.Errorf(app.Forbidden, "Le rythme est choisi par la coordination du territoire.")
		}
		if !rhythm.Known() {
			return app.InvalidField("rythme", "Choisissez un rythme de la liste.")
		}
		before := o.Pace()
		if before == rhythm {
			return nil
		}
		o.Rhythm = rhythm
		if err := writeVerification(ctx, c, o); err != nil {
			return err
		}
		return note(ctx, c, by, now, app.OfOrganisation, string(id), "a changé le rythme de vérification", app.Changes{{Field: "À vérifier", Before: before.Words(), After: rhythm.Words()}})
	})
}
