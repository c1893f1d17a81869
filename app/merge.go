package app

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Merge is two structures of the directory made one: Kept stays, Absorbed is nothing by
// itself any more, and all that was attached to it is attached to Kept.
type Merge struct {
	ID             MergeID
	Account        AccountID // who did it
	Actor          string    // their name, read with it
	KeptBefore     Organisation
	KeptAfter      Organisation
	AbsorbedBefore Organisation
	MergedAt       time.Time
	UndoneAt       time.Time
	Moved          Changes // what was, in numbers
	Outcome        Changes // what undoing it left as it had become
}

// MergeDays is how many days what was moved is kept, and a merge can be undone.
const MergeDays = 90

// KeptUntil is until when m can be undone.
func (m Merge) KeptUntil() time.Time { return m.MergedAt.AddDate(0, 0, MergeDays) }

// Undoable reports whether m can still be undone at now, as far as it tells by itself.
func (m Merge) Undoable(now time.Time) bool { return m.UndoneAt.IsZero() && now.Before(m.KeptUntil()) }

// MayMerge reports whether v may make those structures one: who coordinates the whole of
// every territory that one of them takes part in. Their members and what they hold become
// known wherever the other one is.
func (v Viewer) MayMerge(all ...Organisation) bool {
	for _, o := range all {
		elsewhere := func(t TerritoryID) bool { return !v.May(MergeDoubles, On{Territories: []TerritoryID{t}}) }
		if len(o.Territories) == 0 || slices.ContainsFunc(o.Territories, elsewhere) {
			return false
		}
	}
	return len(all) > 0
}

// MayTellApart reports whether v may note that o is no double of another.
func (v Viewer) MayTellApart(o Organisation) bool {
	return v.May(MergeDoubles, On{Territories: o.Territories})
}

// A MergeField is what two records say differently: of one of them it is kept.
type MergeField struct {
	Key      string
	Label    string
	Kept     string // as the kept record says it
	Absorbed string // as the other does
	Other    bool   // the other's is to be preferred
}

// MergeKey is the key of what a field of a record is chosen with: a place is chosen whole.
func mergeKey(field string) string {
	switch field {
	case "adresse", "code_postal", "commune":
		return "lieu"
	case "themes", "anciens_noms":
		return "" // united
	}
	return field
}

// MergeFields returns what two records say differently, in the order of the page, with
// which is to be preferred: the one that says something, or else what is the most recent.
func MergeFields(kept, absorbed Organisation) (fields []MergeField) {
	recent := absorbed.asOf() > kept.asOf()
	for _, f := range recordFields {
		key := mergeKey(f.name)
		if key == "" || key == "lieu" && (f.name != "adresse" || kept.placeWords() == absorbed.placeWords()) || f.name != "adresse" && f.read(kept) == f.read(absorbed) {
			continue
		}
		field := MergeField{Key: key, Label: f.label, Kept: f.read(kept), Absorbed: f.read(absorbed)}
		if key == "lieu" {
			field.Label, field.Kept, field.Absorbed = "Adresse et commune", kept.placeWords(), absorbed.placeWords()
		}
		switch {
		case f.name == "departement":
			field.Other = absorbed.Departmental
		case f.name == "a_completer":
			field.Other = !absorbed.Incomplete
		case key == "lieu" && kept.Precision != absorbed.Precision:
			field.Other = absorbed.Precision == AtAddress || kept.Precision == ""
		default:
			field.Other = field.Kept == "" || field.Absorbed != "" && recent
		}
		fields = append(fields, field)
	}
	return fields
}

// CommonFields returns what two records say alike, in the order of the page.
func CommonFields(kept, absorbed Organisation) (fields []MergeField) {
	for _, f := range recordFields {
		if value := f.read(kept); value != "" && value != yesNo(false) && value == f.read(absorbed) && mergeKey(f.name) == f.name {
			fields = append(fields, MergeField{Key: f.name, Label: f.label, Kept: value, Absorbed: value})
		}
	}
	if place := kept.placeWords(); place != "" && place == absorbed.placeWords() {
		fields = append(fields, MergeField{Key: "lieu", Label: "Adresse et commune", Kept: place, Absorbed: place})
	}
	return fields
}

// asOf is of when a record is: of the day somebody last said that it is right; else of its
// source, while nobody changed it here.
func (o Organisation) asOf() string {
	if !o.Verified.At.IsZero() {
		return string(DateOf(o.Verified.At))
	}
	if o.Vintage != "" && o.Version <= 1 {
		return o.Vintage
	}
	return string(DateOf(o.UpdatedAt))
}

func (o Organisation) placeWords() string {
	return Tidy(o.Address + " " + o.PostalCode + " " + o.CommuneName)
}

// MergedWith returns the record that o and absorbed become: o's, with what others names taken
// from absorbed, their themes and former names together, and absorbed's name among these.
func (o Organisation) MergedWith(absorbed Organisation, others []string) Organisation {
	after := o
	for _, f := range recordFields {
		if key := mergeKey(f.name); key != "" && slices.Contains(others, key) {
			f.take(&after, absorbed)
		}
	}
	if slices.Contains(others, "lieu") {
		after.Point, after.Precision = absorbed.Point, absorbed.Precision
	}
	after.Themes = OrderThemes(slices.Concat(o.Themes, absorbed.Themes))
	after.FormerNames = formerNames(after.Name, o, absorbed)
	after.Territories = slices.Compact(slices.Sorted(slices.Values(slices.Concat(o.Territories, absorbed.Territories))))
	return after
}

// formerNames are the names that two records bore and bear, but for the one kept, each once.
func formerNames(name string, all ...Organisation) string {
	said, kept := map[string]bool{Fold(name): true}, ""
	for _, o := range slices.Backward(all) { // the name that goes comes first
		for former := range strings.SplitSeq(o.Name+","+o.FormerNames, ",") {
			former = Tidy(former)
			longer := strings.TrimPrefix(kept+", "+former, ", ")
			if Fold(former) == "" || said[Fold(former)] || utf8.RuneCountInString(longer) > MaxFormerNames {
				continue
			}
			said[Fold(former)] = true
			kept = longer
		}
	}
	return kept
}

// With returns the one position of somebody who held p and other in two structures that
// became one: the longer of both, with both functions, unconfirmed if neither was confirmed.
func (p Position) With(other Position) Position {
	if p.Function == "" {
		p.Function = other.Function
	} else if both := p.Function + " ; " + other.Function; other.Function != "" && Fold(p.Function) != Fold(other.Function) && utf8.RuneCountInString(both) <= MaxFunction {
		p.Function = both
	}
	if p.Since == "" || other.Since != "" && other.Since < p.Since {
		p.Since = other.Since
	}
	if p.Until != "" && (other.Until == "" || other.Until > p.Until) {
		p.Until = other.Until
	}
	p.Unconfirmed = p.Unconfirmed && other.Unconfirmed
	return p
}

// With returns the one invitation of two structures that became one: who comes comes, what
// was said is kept.
func (i Invitation) With(other Invitation) Invitation {
	if i.Answer == Unanswered || other.Answer == Coming && i.Answer == Declined {
		i.Answer, i.AnsweredAt = other.Answer, other.AnsweredAt
	}
	if i.Comment == "" {
		i.Comment = other.Comment
	} else if other.Comment != "" && other.Comment != i.Comment {
		i.Comment += "\n" + other.Comment
	}
	if other.InvitedAt.Before(i.InvitedAt) {
		i.InvitedAt = other.InvitedAt
	}
	if other.RemindedAt.After(i.RemindedAt) {
		i.RemindedAt = other.RemindedAt
	}
	return i
}

// Wider returns the wider of two roles in an organisation; "" is none.
func Wider(a, b Role) Role {
	if b == Referent || a == "" {
		return b
	}
	return a
}

// Narrower returns the narrower of two roles in an organisation; "" is none.
func Narrower(a, b Role) Role {
	if a == "" || b == "" {
		return ""
	}
	if a == Colleague {
		return a
	}
	return b
}

// NoteCount adds to c how many of something there are, unless there are none.
func (c *Changes) NoteCount(field string, n int) {
	if n > 0 {
		c.Note(field, "", strconv.Itoa(n))
	}
}
