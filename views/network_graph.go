package views

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"maillage/app"
	"maillage/app/network"
)

// GraphPage is the graph of who meets whom, whole or around one organisation.
type GraphPage struct {
	Frame    Frame
	Filter   NetworkFilter
	Portrait *network.Portrait
	Focus    int // index of the organisation in the middle, or -1
	Steps    int // how far around it one looks
	Sort     network.Column
	Reversed bool
}

func (p GraphPage) sorting() sorting {
	v := p.Filter.values(true)
	if p.Focus >= 0 {
		v.Set("structure", string(p.Portrait.Organisations[p.Focus].ID))
		v.Set("pas", strconv.Itoa(p.Steps))
	}
	return sorting{path: graphPath, values: v, by: string(p.Sort), reversed: p.Reversed}
}

// around returns how far each organisation is from the one in the middle, nil without one.
func (p GraphPage) around() []int {
	if p.Focus < 0 {
		return nil
	}
	return p.Portrait.Graph.Steps(p.Focus)
}

// Rows returns the organisations of the table in its order: with one in the middle, only
// those at most Steps away.
func (p GraphPage) Rows() []int {
	order := p.Portrait.Order(p.Sort, p.Reversed)
	if steps := p.around(); steps != nil {
		order = slices.DeleteFunc(order, func(i int) bool { return p.far(steps, i) })
	}
	return order
}

func (p GraphPage) far(steps []int, i int) bool {
	return steps != nil && (steps[i] < 0 || steps[i] > p.Steps)
}

func (p GraphPage) legend() []legendEntry {
	return legendOf(func(yield func(app.Category)) {
		for _, o := range p.Portrait.Organisations {
			yield(o.Category)
		}
	})
}

// summary says in one line what the graph is made of.
func (p GraphPage) summary() string {
	g := p.Portrait
	if len(g.Ties) == 0 {
		return ""
	}
	return app.Count(g.Workshops, "atelier", "ateliers") + ", " +
		app.Count(len(g.Connected()), "structure qui en a rencontré d’autres", "structures qui en ont rencontré d’autres") + ", " +
		app.Count(len(g.Ties), "lien", "liens") + ". " + densitySentence(len(g.Ties), g.Pairs())
}

// says is the line about one organisation beside its name.
func (p GraphPage) says(i int) string {
	g := p.Portrait
	s := g.Organisations[i].Category.Short() + "\u00a0· "
	if g.Degree(i) == 0 {
		return s + "n’a encore rencontré personne"
	}
	return s + app.Count(g.Degree(i), "partenaire rencontré", "partenaires rencontrés") + " dans " + app.Count(g.Came[i], "atelier", "ateliers")
}

// drawnTies are how many ties a page draws, the strongest; the browser receives more.
const drawnTies = 2000

// size is how wide an organisation is drawn: the more partners, the wider.
func (p GraphPage) size(i, most int) float64 {
	if p.Portrait.Degree(i) == 0 {
		return 0.7 * p.Portrait.Drawing.Small
	}
	return p.Portrait.Drawing.Gap * (0.45 + 0.45*math.Sqrt(float64(p.Portrait.Degree(i))/float64(most)))
}

func (p GraphPage) mostPartners() int {
	most := 1
	for i := range p.Portrait.Organisations {
		most = max(most, p.Portrait.Degree(i))
	}
	return most
}

// graphDrawing is the graph as the server draws it.
type graphDrawing struct {
	lines  [4]string // paths of the ties: out of sight, of one meeting, of two or three, of more
	nodes  []graphNode
	shelf  float64
	alone  bool // somebody is on the shelf
	hidden int  // ties not drawn
}

type graphNode struct {
	organisation network.Organisation
	at           network.Point
	size         float64
	says         string
	far, named   bool
}

func (p GraphPage) drawing() graphDrawing {
	g, steps, most := p.Portrait, p.around(), p.mostPartners()
	ties := g.Strongest[:min(drawnTies, len(g.Strongest))]
	d := graphDrawing{shelf: g.Drawing.Shelf, alone: len(g.Isolated()) > 0, hidden: len(g.Ties) - len(ties)}
	var lines [4][]byte
	for _, t := range ties {
		a, b := g.Drawing.Places[t.A], g.Drawing.Places[t.B]
		class := min(t.Meetings, 2)
		switch {
		case p.far(steps, t.A) || p.far(steps, t.B):
			class = 0
		case t.Meetings > 3:
			class = 3
		}
		lines[class] = segment(lines[class], a, b)
	}
	for i := range lines {
		d.lines[i] = string(lines[i])
	}
	named := p.named(steps)
	for i, o := range g.Organisations {
		d.nodes = append(d.nodes, graphNode{o, g.Drawing.Places[i], p.size(i, most), p.says(i), p.far(steps, i), named[i]})
	}
	return d
}

// segment adds a straight line to a path, on whole units.
func segment(path []byte, a, b network.Point) []byte {
	number := func(sign byte, f float64) { path = strconv.AppendInt(append(path, sign), int64(math.Round(f)), 10) }
	number('M', a.X)
	number(' ', a.Y)
	number('L', b.X)
	number(' ', b.Y)
	return path
}

// named chooses whose names are written: who met the most, near the one in the middle if
// any, as long as no name covers another.
func (p GraphPage) named(steps []int) map[int]bool {
	named := map[int]bool{}
	var taken []label
	try := func(i int) {
		l := p.labelOf(i)
		if !named[i] && !slices.ContainsFunc(taken, l.covers) {
			named[i] = true
			taken = append(taken, l)
		}
	}
	if p.Focus >= 0 {
		try(p.Focus)
	}
	for _, i := range p.Portrait.Order(network.ByPartners, false) {
		if len(named) < 16 && p.Portrait.Degree(i) > 0 && !p.far(steps, i) {
			try(i)
		}
	}
	return named
}

// label is the room a name takes below its dot.
type label struct{ x, y, half float64 }

func (p GraphPage) labelOf(i int) label {
	at := p.Portrait.Drawing.Places[i]
	return label{at.X, at.Y, 4.4 * float64(len([]rune(shortened(p.Portrait.Organisations[i].Name))))}
}

func (l label) covers(other label) bool {
	return math.Abs(l.x-other.x) < l.half+other.half && math.Abs(l.y-other.y) < 24
}

// GraphData is what js/graph.js draws: the same places, in JSON.
type GraphData struct {
	Nodes []GraphDataNode `json:"nodes"`
	Ties  [][3]int        `json:"ties"` // two indexes of Nodes, and meetings
}

// GraphDataNode is one organisation there.
type GraphDataNode struct {
	Key      app.OrganisationID `json:"key"`
	Name     string             `json:"name"`
	Says     string             `json:"says"`
	URL      string             `json:"url"`
	Shape    int                `json:"shape"`
	Tone     int                `json:"tone"`
	X        int                `json:"x"`
	Y        int                `json:"y"`
	Size     int                `json:"size"`
	Partners int                `json:"partners"`
	Far      bool               `json:"far,omitempty"`
	Named    bool               `json:"named,omitempty"`
}

// Data returns p for the browser to draw.
func (p GraphPage) Data() GraphData {
	steps, most := p.around(), p.mostPartners()
	named := p.named(steps)
	data := GraphData{Nodes: []GraphDataNode{}, Ties: [][3]int{}}
	for i, o := range p.Portrait.Organisations {
		at, s := p.Portrait.Drawing.Places[i], symbolOf(o.Category)
		data.Nodes = append(data.Nodes, GraphDataNode{
			Key: o.ID, Name: o.Name, Says: p.says(i), URL: structurePath(o.ID), Shape: s.shape, Tone: s.tone,
			X: int(at.X), Y: int(at.Y), Size: int(p.size(i, most)), Partners: p.Portrait.Degree(i), Far: p.far(steps, i), Named: named[i],
		})
	}
	for _, t := range p.Portrait.Strongest {
		data.Ties = append(data.Ties, [3]int{t.A, t.B, t.Meetings})
	}
	return data
}

// focusOptions are the organisations that met others, to choose one to put in the middle.
func (p GraphPage) focusOptions() []Option {
	options := []Option{{Label: "Tout le réseau"}}
	for _, i := range p.Portrait.Connected() {
		o := p.Portrait.Organisations[i]
		options = append(options, Option{Value: string(o.ID), Label: o.Name, Chosen: i == p.Focus})
	}
	return options
}

var stepOptions = []Option{
	{Value: "1", Label: "ses partenaires"},
	{Value: "2", Label: "et leurs partenaires"},
	{Value: "3", Label: "et les leurs encore"},
}

// groupName is how a group is called: by its number and who met the most in it.
func groupName(c int) string {
	if c < 0 {
		return ""
	}
	return "Groupe " + strconv.Itoa(c+1)
}

// byMeetings returns the partners of the one in the middle, those met most first.
func (p GraphPage) byMeetings() []int {
	partners := slices.Clone(p.Portrait.Partners(p.Focus))
	slices.SortStableFunc(partners, func(i, j int) int { return cmp.Compare(p.tie(j).Meetings, p.tie(i).Meetings) })
	return partners
}

func (p GraphPage) tie(partner int) network.Tie {
	t, _ := p.Portrait.Tie(p.Focus, partner)
	return t
}

func graphTableTitle(p GraphPage) string {
	if p.Focus < 0 {
		return "Le graphe en tableau"
	}
	return "Autour de " + p.Portrait.Organisations[p.Focus].Name + ", " + stepOptions[p.Steps-1].Label
}

// shortened keeps of a name what fits beside a dot.
func shortened(name string) string {
	if runes := []rune(name); len(runes) > 26 {
		return strings.TrimSpace(string(runes[:25])) + "…"
	}
	return name
}

// dataHref leads to the graph as data, csvHref to the table as a file.
func (s sorting) dataHref() string { return address(s.path+".json", s.values) }

func (s sorting) csvHref() string {
	by := s.by
	if s.reversed {
		by = "-" + by
	}
	return address(s.path+".csv", s.values, "tri", by)
}
