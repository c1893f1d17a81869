package db

import (
	"context"

	"maillage/app"
)

func insertInvitation(ctx context.Context, c conn, i app.Invitation) error {
	return c.exec(ctx, `
		INSERT INTO invitations (id, workshop_id, organisation_id, answer, comment, invited_at, answered_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		i.ID, i.Workshop, i.Organisation, i.Answer, i.Comment, stored(i.InvitedAt), orNull(i.AnsweredAt))
}

const registrationColumns = `r.id, r.workshop_id, r.person_id, r.organisation_id, r.function, r.state, r.walk_in,
		r.represents_id, r.checked_in_at, r.created_at, r.updated_at`

func registrationFields(r *app.Registration) []any {
	return []any{
		&r.ID, &r.Workshop, &r.Person, text(&r.Organisation), &r.Function, &r.State, &r.WalkIn,
		text(&r.Represents), moment(&r.CheckedInAt), &r.CreatedAt, &r.UpdatedAt,
	}
}

// insertRegistration writes r, behind everybody who waits already.
func insertRegistration(ctx context.Context, c conn, r app.Registration) error {
	return c.exec(ctx, `
		INSERT INTO registrations (id, workshop_id, person_id, organisation_id, function, state, walk_in, represents_id,
			rank, checked_in_at, created_at, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
			(SELECT COALESCE(MAX(x.rank), 0) + 1 FROM registrations x WHERE x.workshop_id = $2),
			$9, $10, $11)`,
		r.ID, r.Workshop, r.Person, orNull(r.Organisation), r.Function, r.State, r.WalkIn, orNull(r.Represents),
		orNull(r.CheckedInAt), stored(r.CreatedAt), stored(r.UpdatedAt))
}
