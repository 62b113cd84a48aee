package brief

import (
	"slices"
	"strings"

	"dbchapter/prompt/infer"
)

// roster finds entities by what they are called; a brief may have thousands.
// It is made once names and tables are final.
type roster struct {
	byTable, byName, bySingular map[string][]int    // indexes of entities, ascending
	byTitle                     map[string][]int    // by the name as in the name of an attribute
	byLastWord                  map[string][]string // tables, each once
}

func newRoster(entities []Entity) roster {
	r := roster{map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string][]string{}}
	for i, e := range entities {
		singular := infer.Singular(e.Table)
		r.byTable[e.Table] = append(r.byTable[e.Table], i)
		r.byName[e.Name] = append(r.byName[e.Name], i)
		r.bySingular[singular] = append(r.bySingular[singular], i)
		if e.Name != "" {
			t := title(e.Name)
			r.byTitle[t] = append(r.byTitle[t], i)
		}
		if last := lastWord(singular); !slices.Contains(r.byLastWord[last], e.Table) {
			r.byLastWord[last] = append(r.byLastWord[last], e.Table)
		}
	}
	return r
}

// named is the first entity of a table, else of a Chinese name, else of a
// table in another number.
func (r roster) named(name string) (int, bool) {
	if name == "" {
		return 0, false
	}
	if all := r.byTable[name]; len(all) > 0 {
		return all[0], true
	}
	if all := slices.Concat(r.byName[name], r.byName[strings.TrimSuffix(name, "表")]); len(all) > 0 {
		return slices.Min(all), true
	}
	if all := r.bySingular[infer.Singular(name)]; len(all) > 0 {
		return all[0], true
	}
	return 0, false
}

// idEndings are what the name of a reference has after the name of its entity.
var idEndings = []string{"", "ID", "Id", "id", "编号", "号"}

// implied is the first entity other than i that an attribute is named after.
func (r roster) implied(i int, attr string) (int, bool) {
	attr = title(attr)
	found := -1
	for _, ending := range idEndings {
		name, ok := strings.CutSuffix(attr, ending)
		if !ok {
			continue
		}
		for _, k := range r.byTitle[name] {
			if k != i {
				if found < 0 || k < found {
					found = k
				}
				break
			}
		}
	}
	return found, found >= 0
}

// lastWord is record in stock_record.
func lastWord(table string) string { return table[strings.LastIndexByte(table, '_')+1:] }
