package db

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"time"

	"maillage/app"
)

// partPositions gives the absorbed organisation its people back, with what they became since.
func (u *mergeUndoer) partPositions(ctx context.Context) error {
	moved, together, err := pieces[twicePosition](ctx, u, movedPosition)
	if err != nil {
		return err
	}
	if err := u.back(ctx, "positions", "organisation_id", moved); err != nil {
		return err
	}
	slices.SortFunc(together, func(a, b twicePosition) int { return b.Became.Version - a.Became.Version })
	changed := 0
	for _, t := range together {
		now, err := u.held(ctx, t.Kept.ID)
		if errors.Is(err, sql.ErrNoRows) {
			changed++ // who was forgotten since stays so
			continue
		}
		if err != nil {
			return err
		}
		if now == t.Became.Position {
			t.Kept.Version = now.Version + 1
			if err := writeHeld(ctx, u.c, t.Kept); err != nil {
				return err
			}
		} else {
			changed++
			if now.Until != t.Became.Until { // who left the one structure left both
				t.Absorbed.Until = now.Until
			}
		}
		if err := insertHeld(ctx, u.c, t.Absorbed); err != nil {
			return err
		}
	}
	u.left("Fonctions modifiées depuis, laissées ainsi dans la structure gardée", changed)
	return nil
}

func (u *mergeUndoer) held(ctx context.Context, id app.PositionID) (p app.Position, err error) {
	err = u.c.row(ctx, `SELECT `+positionColumns+` FROM positions t WHERE t.id = $1`, id).Scan(positionFields(&p)...)
	return p, err
}

func insertHeld(ctx context.Context, c conn, h heldPosition) error {
	return insertAll(ctx, c, `positions (id, person_id, organisation_id, function, since, until, unconfirmed, version, created_at)`, [][]any{{
		h.ID, h.Person, h.Organisation, h.Function, h.Since, h.Until, h.Unconfirmed, h.Version, stored(h.CreatedAt),
	}})
}

// partAccesses gives each account the roles that it had in both, never more than the one it
// has today: what was taken back since is not given again.
func (u *mergeUndoer) partAccesses(ctx context.Context) error {
	accounts, err := list(ctx, u.c, one[app.AccountID], `SELECT thing_id FROM merge_moves WHERE merge_id = $1 AND kind = $2 ORDER BY thing_id`, u.m.ID, movedAccess)
	if err != nil {
		return err
	}
	_, all, err := pieces[sharedAccess](ctx, u, movedAccess)
	if err != nil {
		return err
	}
	changed := 0
	for i, a := range all {
		a.account = accounts[i]
		role, err := roleIn(ctx, u.c, u.kept, a.account)
		if err != nil {
			return err
		}
		if role != a.Became {
			changed++
		}
		if a.Absorbed == "" {
			continue // of the kept one only: nothing was changed
		}
		if err := u.partAccess(ctx, a, role); err != nil {
			return err
		}
	}
	u.left("Accès changés depuis, qui ne sont pas rendus au-delà de ce qu’ils sont", changed)
	return nil
}

// partAccess parts an access that is today that of role.
func (u *mergeUndoer) partAccess(ctx context.Context, a sharedAccess, role app.Role) error {
	kept, absorbed := app.Narrower(a.Kept, role), app.Narrower(a.Absorbed, role)
	if kept == "" {
		if err := u.c.exec(ctx, `DELETE FROM account_organisations WHERE account_id = $1 AND organisation_id = $2`, a.account, u.kept); err != nil {
			return err
		}
	} else if err := giveAccess(ctx, u.c, a.account, u.kept, kept); err != nil {
		return err
	}
	if absorbed == "" {
		return nil
	}
	return giveAccess(ctx, u.c, a.account, u.absorbed, absorbed)
}

func (u *mergeUndoer) partInvitations(ctx context.Context) error {
	moved, together, err := pieces[twiceInvitation](ctx, u, movedInvitation)
	if err != nil {
		return err
	}
	if err := u.back(ctx, "invitations", "organisation_id", moved); err != nil {
		return err
	}
	changed := 0
	for _, t := range together {
		now, err := invitationOf(ctx, u.c, t.Kept.Workshop, u.kept)
		if err != nil {
			return err
		}
		switch {
		case now.ID != t.Kept.ID: // taken back since
			changed++
			continue
		case sameInvitation(now.Invitation, t.Became):
			if err := writeInvitation(ctx, u.c, t.Kept); err != nil {
				return err
			}
		default:
			changed++
		}
		if err := insertInvitation(ctx, u.c, t.Absorbed); err != nil {
			return err
		}
	}
	u.left("Invitations répondues ou retirées depuis, laissées ainsi à la structure gardée", changed)
	return nil
}

func sameInvitation(a, b app.Invitation) bool {
	same := func(x, y time.Time) bool { return x.Equal(y) }
	return a.Answer == b.Answer && a.Comment == b.Comment && same(a.InvitedAt, b.InvitedAt) && same(a.AnsweredAt, b.AnsweredAt) && same(a.RemindedAt, b.RemindedAt)
}

// partRest gives back what only changed organisations.
func (u *mergeUndoer) partRest(ctx context.Context) error {
	for _, part := range []struct {
		kind          moveKind
		table, column string
	}{{movedRegistration, "registrations", "organisation_id"}, {movedWorkshop, "workshops", "host_id"}, {movedService, "services", "organisation_id"}} {
		moved, _, err := pieces[struct{}](ctx, u, part.kind)
		if err != nil {
			return err
		}
		if err := u.back(ctx, part.table, part.column, moved); err != nil {
			return err
		}
	}
	requests, err := list(ctx, u.c, func(s scanner) (p movedPiece, err error) {
		err = s.Scan(&p.thing, &p.was)
		return p, err
	}, `
		SELECT v.thing_id, v.was
		FROM merge_moves v
		JOIN join_requests r ON r.id = v.thing_id AND r.organisation_id = $3
		WHERE v.merge_id = $1 AND v.kind = $2 AND v.was <> '`+stays+`'`, u.m.ID, movedRequest, u.kept)
	if err != nil {
		return err
	}
	for _, r := range requests {
		id, other := app.JoinRequestID(r.thing), app.JoinRequestID(r.was)
		if other == "" {
			err = swapRequests(ctx, u.c, id, u.absorbed, "", "")
		} else {
			err = swapRequests(ctx, u.c, other, u.kept, id, u.absorbed)
		}
		if err != nil {
			return err
		}
	}
	apart, _, err := pieces[struct{}](ctx, u, copiedDistinction)
	for _, id := range apart {
		pair := app.Ordered(u.kept, app.OrganisationID(id))
		if err := u.c.exec(ctx, `DELETE FROM distinctions WHERE one_id = $1 AND other_id = $2`, pair[0], pair[1]); err != nil {
			return err
		}
	}
	return err
}

// partInquiries lists the absorbed organisation again by what came of asking it; what it was
// being asked when it was merged is to be asked anew.
func (u *mergeUndoer) partInquiries(ctx context.Context) error {
	var w where
	id, verified := w.arg(u.absorbed), w.arg(stored(u.m.AbsorbedBefore.Verified.At))
	if err := u.c.exec(ctx, `
		UPDATE organisation_territories SET asked = COALESCE((
			SELECT CASE WHEN i.state IN `+in(&w, app.Stuck)+` AND i.ended_at > `+verified+` THEN i.state ELSE '' END
			FROM inquiries i WHERE i.organisation_id = `+id+`
			ORDER BY i.created_at DESC, i.id DESC LIMIT 1), '')
		WHERE organisation_id = `+id, w.args...); err != nil {
		return err
	}
	dropped, err := one[int](u.c.row(ctx, `SELECT COUNT(*) FROM inquiries WHERE organisation_id = $1 AND state = $2 AND ended_at = $3`,
		u.absorbed, app.InquiryDropped, stored(u.m.MergedAt)))
	u.left("Vérification qui lui était demandée, à demander de nouveau", dropped)
	return err
}

// countSince says what came to the kept organisation since, and stays there.
func (u *mergeUndoer) countSince(ctx context.Context) error {
	for _, since := range []struct{ field, query string }{
		{"Fonctions ajoutées depuis, gardées par la structure gardée", `SELECT COUNT(*) FROM positions WHERE organisation_id = $1 AND created_at > $2`},
		{"Invitations faites depuis, gardées par la structure gardée", `SELECT COUNT(*) FROM invitations WHERE organisation_id = $1 AND invited_at > $2`},
		{"Inscriptions faites depuis, gardées par la structure gardée", `SELECT COUNT(*) FROM registrations WHERE organisation_id = $1 AND created_at > $2`},
		{"Services ajoutés depuis, gardés par la structure gardée", `SELECT COUNT(*) FROM services WHERE organisation_id = $1 AND created_at > $2`},
		{"Demandes d’accès faites depuis, gardées par la structure gardée", `SELECT COUNT(*) FROM join_requests WHERE organisation_id = $1 AND asked_at > $2`},
	} {
		n, err := one[int](u.c.row(ctx, since.query, u.kept, stored(u.m.MergedAt)))
		if err != nil {
			return err
		}
		u.left(since.field, n)
	}
	accesses, err := one[int](u.c.row(ctx, `
		SELECT COUNT(*)
		FROM account_organisations
		WHERE organisation_id = $1 AND account_id NOT IN (SELECT thing_id FROM merge_moves WHERE merge_id = $2 AND kind = $3)`, u.kept, u.m.ID, movedAccess))
	u.left("Accès donnés depuis, gardés par la structure gardée", accesses)
	return err
}

// left says how much stays as it became since.
func (u *mergeUndoer) left(field string, n int) {
	if n > 0 {
		u.m.Outcome.Note(field, "", strconv.Itoa(n))
	}
}
