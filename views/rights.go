package views

import (
	"slices"

	"maillage/app"
)

// standingOf is the strongest of the roles v has by their account.
func standingOf(v app.Viewer) app.Role {
	for _, role := range slices.Backward(app.Standings[:]) {
		if role.Key != app.Animator && v.Stands(role.Key) {
			return role.Key
		}
	}
	return app.Nobody
}

// within are the acts that the role of a column of the table may do as far as scope, and no farther.
func within(column int, scope app.Scope) (acts []string) {
	for _, right := range app.Rights {
		if right.Reach[column] == scope {
			acts = append(acts, right.Words)
		}
	}
	return acts
}
