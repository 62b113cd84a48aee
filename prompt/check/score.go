package check

import (
	"math"
	"slices"
)

// Score is the objective score of domain.md §5: 86 points scaled to 100; 63
// without a brief, because coverage and traceability need one.
type Score struct {
	Total      int            `json:"total"` // 0…100
	Grade      string         `json:"grade"` // A B C D
	Dimensions map[string]int `json:"dimensions"`
	Capped     string         `json:"capped,omitempty"` // rule that capped it
}

// The six dimensions, as keys of Score.Dimensions; values are points out of
// Points.
const (
	Coverage    = "coverage"
	Correctness = "correctness"
	Quantity    = "quantity"
	Specificity = "specificity"
	Format      = "format"
	Operability = "operability"
)

// Points are the most points of each dimension, in the order of domain.md
// §5.1.
func Points() []struct {
	Dimension string
	Most      int
} {
	return []struct {
		Dimension string
		Most      int
	}{{Coverage, 20}, {Correctness, 19}, {Quantity, 15}, {Specificity, 10}, {Format, 10}, {Operability, 12}}
}

// vetoCap is the total that a chapter with a veto cannot pass.
const vetoCap = 60

// vetoes are the rules that cap a score, the worst first.
var vetoes = []string{"F001", "F017", "D101", "L311", "X205", "X215"}

// score computes the formulas of domain.md §5.2.
func (in *input) score(found []Finding) Score {
	s := Score{Dimensions: map[string]int{}}
	sum, most := 0.0, 0.0
	add := func(name string, points, of float64) {
		sum += points
		most += of
		s.Dimensions[name] = int(math.Floor(points + 0.5))
	}
	items := in.scored()
	if in.design != nil {
		add(Coverage, in.coverage(), 20)
	}
	add(Correctness, in.correctness(found), 19)
	quantity, of := in.quantified(items)
	add(Quantity, quantity, of)
	add(Specificity, 10*math.Min(1, in.specific(items)/0.6), 10)
	add(Format, formatPoints(found), 10)
	add(Operability, 12*in.operable(), 12)
	s.Total = int(math.Floor(sum/most*100 + 0.5))
	for _, v := range vetoes {
		if slices.ContainsFunc(found, func(f Finding) bool { return f.Rule == v && f.Severity == Error }) {
			s.Capped = v
			s.Total = min(s.Total, vetoCap)
			break
		}
	}
	s.Grade = grade(s.Total)
	return s
}

func grade(total int) string {
	switch {
	case total >= 90:
		return "A"
	case total >= 80:
		return "B"
	case total >= 70:
		return "C"
	}
	return "D"
}
