package app

import "strconv"

// ChangesFrom returns what v differs in from what it was before, in the words of the page.
// Axes and phases are told by their ids, whatever their order.
func (v Convention) ChangesFrom(before Convention) Changes {
	var changes Changes
	changes.Note("Nom", before.Name, v.Name)
	changes.Note("Début", before.StartsOn.short(), v.StartsOn.short())
	changes.Note("Fin", before.EndsOn.short(), v.EndsOn.short())
	changes.Note("Signature", before.SignedOn.short(), v.SignedOn.short())
	changes.Note("Présentation", before.Summary, v.Summary)
	noteParts(&changes, "Axe", before.Axes, v.Axes, func(a Axis) (AxisID, string) {
		return a.ID, strconv.Itoa(a.Number) + ". " + a.Title
	})
	noteParts(&changes, "Phase", before.Phases, v.Phases, func(p Phase) (PhaseID, string) {
		return p.ID, p.Name + p.when()
	})
	return changes
}

// noteParts notes the parts that changed or went, then those that came.
func noteParts[T any, ID comparable](changes *Changes, field string, before, after []T, say func(T) (ID, string)) {
	now := map[ID]string{}
	for _, part := range after {
		id, words := say(part)
		now[id] = words
	}
	for _, part := range before {
		id, words := say(part)
		changes.Note(field, words, now[id])
		delete(now, id)
	}
	for _, part := range after {
		if id, words := say(part); now[id] != "" {
			changes.Note(field, "", words)
		}
	}
}

// when writes the days of a phase after its name, "" when none is known.
func (p Phase) when() string {
	switch {
	case p.StartsOn != "" && p.EndsOn != "":
		return ", du " + p.StartsOn.short() + " au " + p.EndsOn.short()
	case p.StartsOn != "":
		return ", à partir du " + p.StartsOn.short()
	case p.EndsOn != "":
		return ", jusqu’au " + p.EndsOn.short()
	}
	return ""
}

// short writes a day in figures: "16/01/2026", "" when not known.
func (d Date) short() string {
	if d == "" {
		return ""
	}
	return d.Time().Format("02/01/2006")
}
