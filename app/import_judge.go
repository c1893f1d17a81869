package app

import "slices"

// Judgement is what a line of a file says, and what it is to the directory.
type Judgement struct {
	Line       int            `json:"line"`
	Verdict    Verdict        `json:"verdict"`
	Record     Organisation   `json:"record"`
	Target     OrganisationID `json:"target,omitempty"` // the record that it is, or may be
	TargetName string         `json:"target_name,omitempty"`
	Twin       int            `json:"twin,omitempty"` // the line of the file that it resembles
	Reason     string         `json:"reason,omitempty"`
	Remarks    []string       `json:"remarks,omitempty"`
	Fills      []Difference   `json:"fills,omitempty"`   // what the record leaves empty
	Differs    []Difference   `json:"differs,omitempty"` // what it says otherwise
}

// A Judge says of each line of a file what it is to the directory.
type Judge struct {
	plan      ImportPlan
	places    Gazetteer
	territory TerritoryID
	index     *directoryIndex
	taken     map[OrganisationID]int // the line of the file that a record is already
}

// A Directory is what a territory has, archived too, and what is known of its doubles.
type Directory struct {
	Organisations []Organisation
	Merged        []Organisation // records no more, each with the MergedInto it leads to
	Apart         Distinctions
}

// NewJudge returns a judge of the lines of a file read by plan.
func NewJudge(plan ImportPlan, places Gazetteer, territory TerritoryID, directory Directory) *Judge {
	return &Judge{plan, places, territory, directory.index(), map[OrganisationID]int{}}
}

func (d Directory) index() *directoryIndex {
	x, byID := newDirectoryIndex(), map[OrganisationID]Organisation{}
	for _, o := range d.Organisations {
		x.add(o, 0)
		byID[o.ID] = o
	}
	for _, m := range d.Merged {
		if o, found := byID[m.MergedInto]; found {
			x.alias(o, m)
		}
	}
	x.apart = d.Apart
	return x
}

// Line returns what a line is; lines are judged in the order of the file, each beside those
// before it.
func (j *Judge) Line(l ImportLine) Judgement {
	o, remarks, err := j.plan.Record(l, j.places, j.territory)
	jt := Judgement{Line: l.Number, Record: o, Remarks: remarks}
	if err != nil {
		jt.Verdict, jt.Reason = VerdictFaulty, err.Error()
		return jt
	}
	if r, found := j.index.resembling(o); found {
		return j.resembles(jt, r)
	}
	if name, what := j.index.neighbour(o); name != "" {
		jt.Remarks = append(jt.Remarks, "Même "+what+" que « "+name+" », sous un autre nom : sans doute deux structures à la même adresse.")
	}
	jt.Verdict = VerdictNew
	if reason := j.outside(o); reason != "" {
		jt.Verdict, jt.Reason = VerdictOutside, reason
	}
	j.index.add(o, l.Number)
	return jt
}

// outside says why a structure is not of the territory, "" when it may be.
func (j *Judge) outside(o Organisation) string {
	switch {
	case o.Departmental:
	case o.Commune != "" && j.places.byCode[o.Commune].Territory != j.territory:
		return o.CommuneName + " n’est pas de ce territoire"
	case o.Commune == "" && o.CommuneName != "" && !j.places.Covers(o.PostalCode, j.territory):
		return "« " + o.CommuneName + " » n’est pas une commune de ce territoire, son code postal non plus"
	}
	return ""
}

func (j *Judge) resembles(jt Judgement, r resemblance) Judgement {
	jt.TargetName, jt.Reason = r.o.Name, r.why
	switch {
	case r.line > 0:
		jt.Verdict, jt.Twin = VerdictDuplicate, r.line
		return jt
	case j.taken[r.o.ID] > 0:
		jt.Verdict, jt.Twin, jt.Target = VerdictDuplicate, j.taken[r.o.ID], r.o.ID
		jt.Reason += " ; une autre ligne est déjà cette fiche"
	case r.o.Archived():
		jt.Verdict, jt.Target = VerdictDuplicate, r.o.ID
		jt.Reason += " ; elle est archivée"
	case !r.sure:
		jt.Verdict, jt.Target = VerdictDuplicate, r.o.ID
	default:
		jt.Verdict, jt.Target = VerdictUpdate, r.o.ID
		j.taken[r.o.ID] = jt.Line
	}
	jt.Fills, jt.Differs = j.plan.Against(r.o, jt.Record)
	switch {
	case jt.Verdict != VerdictUpdate || len(jt.Fills) > 0:
	case len(jt.Differs) > 0:
		jt.Verdict = VerdictDiffers
	default:
		jt.Verdict = VerdictSame
	}
	return jt
}

// brought are the fields of a record that a file can change, by the column that fills them.
func (p ImportPlan) brought(from Organisation) (fields []string) {
	for _, f := range recordFields {
		if f.read(from) == "" {
			continue
		}
		switch f.name {
		case "a_completer":
		case "commune":
			if from.Commune != "" {
				fields = append(fields, f.name)
			}
		case "categorie":
			if slices.Contains(p.Columns, importType) && from.Category != p.Category {
				fields = append(fields, f.name)
			}
		case "departement":
			if from.Departmental {
				fields = append(fields, f.name)
			}
		default:
			fields = append(fields, f.name)
		}
	}
	return fields
}

// Against returns what a record of the directory leaves empty that the file says, and what it
// says otherwise. What differs by case, accents, signs or small words only does not.
func (p ImportPlan) Against(theirs, file Organisation) (fills, differs []Difference) {
	brought := p.brought(file)
	for _, f := range recordFields {
		if !slices.Contains(brought, f.name) || Fold(f.read(theirs)) == Fold(f.read(file)) || f.name == "nom" && sameWords(theirs.Name, file.Name) || f.name == "horaires" && sameHours(theirs.OpeningHours, file.OpeningHours) {
			continue
		}
		d := Difference{f.name, f.label, f.read(theirs), f.read(file)}
		if d.Theirs == "" || f.name == "departement" {
			fills = append(fills, d)
		} else {
			differs = append(differs, d)
		}
	}
	return fills, differs
}

// Merged returns theirs with what the file says where it leaves a blank or, to replace,
// wherever the file says otherwise.
func (p ImportPlan) Merged(theirs, file Organisation, replace bool) Organisation {
	fills, differs := p.Against(theirs, file)
	if replace {
		fills = append(fills, differs...)
	}
	var taken []string
	for _, d := range fills {
		taken = append(taken, d.Field)
	}
	o := theirs.Keeping(file, taken...)
	o = o.Placed(theirs)
	if file.Point.Known() && (slices.Contains(taken, "adresse") || slices.Contains(taken, "commune") || !theirs.Point.Known()) && o.Commune == file.Commune {
		o.Point, o.Precision = file.Point, file.Precision
	}
	return o
}

// Reverted returns a record as it was before an import changed it into after, but for what
// somebody edited since; kept names these.
func (o Organisation) Reverted(before, after Organisation) (back Organisation, kept []string) {
	var fields []string
	for _, f := range recordFields {
		switch was, became := f.read(before), f.read(after); {
		case was == became:
		case f.read(o) == became:
			fields = append(fields, f.name)
		case f.read(o) != was:
			kept = append(kept, f.label)
		}
	}
	back = o.Keeping(before, fields...).Placed(o)
	if back.Commune == before.Commune && Fold(back.Address) == Fold(before.Address) {
		back.Point, back.Precision = before.Point, before.Precision
	}
	return back, kept
}
