package brief

import (
	"embed"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// One file a preset: adding a file adds a preset.
//
//go:embed presets/*.yaml
var presetFiles embed.FS

// PresetInfo names one preset.
type PresetInfo struct{ ID, Name, Summary string }

// CacheLine is one row of a preset's cache block (domain.md §3.11).
type CacheLine struct{ Title, Key, Value, TTL string }

// preset is one file of presets/.
type preset struct {
	PresetInfo
	rank  Opt[int] // place in the list
	cache []CacheLine
	brief Brief
}

func (p *preset) slot() object {
	return object{fields: []named{
		{"id", text{&p.ID}},
		{"rank", whole[int]{&p.rank}},
		{"name", text{&p.Name}},
		{"summary", text{&p.Summary}},
		{"brief", p.brief.slot()},
		{"cache", list[CacheLine]{&p.cache, func(c *CacheLine) slot { return cacheSlot{c} }, nil, false}},
	}}
}

// cacheSlot is 标题 | KEY | VALUE | TTL.
type cacheSlot struct{ c *CacheLine }

func (s cacheSlot) read(r *reader, n *yaml.Node, path string) { readScalar(r, n, path, s) }
func (s cacheSlot) node() *yaml.Node {
	return plain(strings.Join([]string{s.c.Title, s.c.Key, s.c.Value, s.c.TTL}, " | "))
}

func (s cacheSlot) set(line string) error {
	f := append(strings.SplitN(line, " | ", 4), "", "", "")
	*s.c = CacheLine{f[0], f[1], f[2], f[3]}
	return nil
}

var presets = sync.OnceValue(func() []preset {
	var out []preset
	files, err := fs.Glob(presetFiles, "presets/*.yaml")
	if err != nil {
		panic("presets: " + err.Error())
	}
	for _, name := range files {
		src, err := presetFiles.ReadFile(name)
		if err != nil {
			panic("presets: " + err.Error())
		}
		out = append(out, readPreset(name, src))
	}
	slices.SortStableFunc(out, func(a, b preset) int { return a.rank.V - b.rank.V })
	return out
})

// readPreset panics on a broken file: it is part of the program.
func readPreset(name string, src []byte) preset {
	var doc yaml.Node
	if err := yaml.Unmarshal(src, &doc); err != nil {
		panic(name + ": " + err.Error())
	}
	var p preset
	r := &reader{file: name, places: map[string]place{}, budget: maxNodes}
	p.slot().read(r, doc.Content[0], "")
	if len(r.problems) > 0 {
		panic(r.problems.Error())
	}
	p.brief.Preset = p.ID
	p.brief.loaded = true
	return p
}

func presetNamed(id string) (preset, bool) {
	for _, p := range presets() {
		if p.ID == id {
			return p, true
		}
	}
	return preset{}, false
}

// Presets lists the ten built-in presets in their order.
func Presets() []PresetInfo {
	var out []PresetInfo
	for _, p := range presets() {
		out = append(out, p.PresetInfo)
	}
	return out
}

// Preset is the brief of a built-in preset. Its peaks and volumes follow the
// DAU until they are changed or the brief is written down (domain.md §6).
func Preset(id string) (Brief, bool) {
	p, ok := presetNamed(id)
	return p.brief.Clone(), ok
}

// PresetCache is the cache block of a preset, may be nil.
func PresetCache(id string) []CacheLine {
	p, _ := presetNamed(id)
	return slices.Clone(p.cache)
}

// settled is b with the values of its preset brought to its DAU: what had been
// loaded and was not changed since is scaled (domain.md §6).
func (b Brief) settled() Brief {
	p, ok := presetNamed(b.Preset)
	if !b.loaded || !ok {
		return b.Clone()
	}
	b = b.Clone()
	b.loaded = false
	base := p.brief
	k := float64(b.System.DAU.Or(base.System.DAU.V)) / float64(base.System.DAU.V)
	if k == 1 || k <= 0 {
		return b
	}
	scalePeak(&b.System.PeakReadQPS, base.System.PeakReadQPS, k)
	scalePeak(&b.System.PeakWriteTPS, base.System.PeakWriteTPS, k)
	for i := range b.Entities {
		e := &b.Entities[i]
		n := slices.IndexFunc(base.Entities, func(x Entity) bool { return x.Table == e.Table })
		if n < 0 || e.Kind == Config {
			continue
		}
		scaleRows(&e.Volume.RowsNow, base.Entities[n].Volume.RowsNow, k)
		scaleRows(&e.Volume.RowsPerDay, base.Entities[n].Volume.RowsPerDay, k)
	}
	return b
}

func scalePeak(o *Opt[int64], base Opt[int64], k float64) {
	if o.Set && *o == base {
		o.V = max(1, int64(math.Ceil(float64(base.V)*k-1e-9)))
	}
}

func scaleRows(o *Opt[int64], base Opt[int64], k float64) {
	if o.Set && *o == base && base.V > 0 {
		o.V = max(1, twoDigits(float64(base.V)*k))
	}
}

// twoDigits rounds to two significant digits and a whole number.
func twoDigits(v float64) int64 {
	unit := 1.0
	for v/unit >= 100 {
		unit *= 10
	}
	return int64(math.Floor(v/unit+0.5) * unit)
}

// fillPreset takes from the preset what the brief leaves out altogether: a
// brief that names a preset and no entities is that preset with changes.
func (c *completion) fillPreset() {
	p, ok := presetNamed(c.Preset)
	if !ok || len(c.Entities) > 0 || c.Raw.Entities != "" {
		return
	}
	base := p.brief.Clone()
	if c.System.DAU.Set {
		base.System.DAU = c.System.DAU
		base = base.settled()
	}
	c.Entities = base.Entities
	c.assumptions = append(c.assumptions, Assumption{
		Path: "entities", Label: "业务实体", Value: "预设「" + p.Name + "」", Source: FromDerived, Rule: "domain.md §6", Effect: "实体、字段与体量取自预设",
	})
	if len(c.Databases) == 0 {
		c.Databases = base.Databases
	}
	for _, s := range base.Services {
		if !slices.ContainsFunc(c.Services, func(x Service) bool { return x.Code == s.Code }) {
			c.Services = append(c.Services, s)
		}
	}
	for i, f := range c.System.slot().fields {
		if f.slot.node() == nil {
			if n := base.System.slot().fields[i].slot.node(); n != nil {
				f.slot.read(&reader{places: map[string]place{}, budget: maxNodes}, n, "")
			}
		}
	}
}
