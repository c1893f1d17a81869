package db

import (
	"context"

	"maillage/app"
)

// move attaches to the kept organisation all that was gathered of the absorbed one.
func (g *gathered) move(ctx context.Context, c conn) error {
	for _, write := range []func(context.Context, conn) error{g.movePositions, g.moveAccesses, g.moveInvitations, g.moveRequests, g.copyDistinctions} {
		if err := write(ctx, c); err != nil {
			return err
		}
	}
	for _, query := range []string{
		`UPDATE registrations SET organisation_id = $1 WHERE organisation_id = $2`,
		`UPDATE workshops SET host_id = $1 WHERE host_id = $2`,
		`UPDATE services SET organisation_id = $1 WHERE organisation_id = $2`,
	} {
		if err := c.exec(ctx, query, g.kept, g.absorbed); err != nil {
			return err
		}
	}
	return nil
}

func (g *gathered) movePositions(ctx context.Context, c conn) error {
	for _, h := range g.positions { // in the order in which they were put together
		twice, both := g.twice[h.ID]
		if !both {
			continue
		}
		if err := writeHeld(ctx, c, twice.Became); err != nil {
			return err
		}
		if err := c.change(ctx, `DELETE FROM positions WHERE id = $1`, h.ID); err != nil {
			return err
		}
	}
	return c.exec(ctx, `UPDATE positions SET organisation_id = $1 WHERE organisation_id = $2`, g.kept, g.absorbed)
}

// writeHeld writes what a position is over what it was, its version too.
func writeHeld(ctx context.Context, c conn, h heldPosition) error {
	return c.change(ctx, `
		UPDATE positions SET function = $2, since = $3, until = $4, unconfirmed = $5, version = $6
		WHERE id = $1`, h.ID, h.Function, h.Since, h.Until, h.Unconfirmed, h.Version)
}

func (g *gathered) moveAccesses(ctx context.Context, c conn) error {
	for _, a := range g.accesses {
		if a.Absorbed == "" {
			continue
		}
		if err := c.change(ctx, `DELETE FROM account_organisations WHERE account_id = $1 AND organisation_id = $2`, a.account, g.absorbed); err != nil {
			return err
		}
		if err := giveAccess(ctx, c, a.account, g.kept, a.Became); err != nil {
			return err
		}
	}
	return nil
}

// giveAccess gives an account a role in an organisation, in the place of the one it had.
func giveAccess(ctx context.Context, c conn, account app.AccountID, o app.OrganisationID, role app.Role) error {
	return c.exec(ctx, `
		INSERT INTO account_organisations (account_id, organisation_id, role) VALUES ($1, $2, $3)
		ON CONFLICT (account_id, organisation_id) DO UPDATE SET role = excluded.role`, account, o, role)
}

func (g *gathered) moveInvitations(ctx context.Context, c conn) error {
	for _, i := range g.invitedTwice {
		if err := c.change(ctx, `DELETE FROM invitations WHERE id = $1`, i.Absorbed.ID); err != nil {
			return err
		}
		if err := writeInvitation(ctx, c, i.Became); err != nil {
			return err
		}
	}
	return c.exec(ctx, `UPDATE invitations SET organisation_id = $1 WHERE organisation_id = $2`, g.kept, g.absorbed)
}

func writeInvitation(ctx context.Context, c conn, i app.Invitation) error {
	return c.change(ctx, `
		UPDATE invitations SET answer = $2, comment = $3, invited_at = $4, answered_at = $5, reminded_at = $6
		WHERE id = $1`, i.ID, i.Answer, i.Comment, stored(i.InvitedAt), orNull(i.AnsweredAt), orNull(i.RemindedAt))
}

// stays says of a request that one of the same address waits at the kept organisation
// already: it stays where it is, and goes at the end of its time.
const stays = "reste"

func (g *gathered) moveRequests(ctx context.Context, c conn) error {
	for _, r := range g.requests {
		if r.was == stays {
			continue
		}
		if err := swapRequests(ctx, c, app.JoinRequestID(r.thing), g.kept, app.JoinRequestID(r.was), g.absorbed); err != nil {
			return err
		}
	}
	return nil
}

// swapRequests gives a request to an organisation and, if there is one by the same address,
// that one to the other.
func swapRequests(ctx context.Context, c conn, id app.JoinRequestID, to app.OrganisationID, other app.JoinRequestID, from app.OrganisationID) error {
	if other != "" {
		if err := c.exec(ctx, `UPDATE join_requests SET organisation_id = $2, place = $3 WHERE id = $1`, other, from, "entre "+string(from)); err != nil {
			return err
		}
	}
	if err := c.exec(ctx, `UPDATE join_requests SET organisation_id = $2, place = $3 WHERE id = $1`, id, to, string(to)); err != nil || other == "" {
		return err
	}
	return c.exec(ctx, `UPDATE join_requests SET place = $2 WHERE id = $1`, other, string(from))
}

func (g *gathered) copyDistinctions(ctx context.Context, c conn) error {
	for _, d := range g.apart {
		pair := app.Ordered(g.kept, app.OrganisationID(d.thing))
		if err := c.exec(ctx, `
			INSERT INTO distinctions (one_id, other_id, account_id, noted_at)
			SELECT $1, $2, account_id, noted_at FROM distinctions
			WHERE one_id = $3 AND other_id = $4 OR one_id = $4 AND other_id = $3`,
			pair[0], pair[1], g.absorbed, d.thing); err != nil {
			return err
		}
	}
	return nil
}
