package brief_test

import (
	"slices"
	"testing"

	"dbchapter/prompt/brief"
)

func TestPresets(t *testing.T) {
	var ids []string
	entities, services, attrs := 0, 0, 0
	for _, p := range brief.Presets() {
		ids = append(ids, p.ID)
		b, ok := brief.Preset(p.ID)
		if !ok || p.Name == "" || p.Summary == "" || b.Preset != p.ID || b.BaseDate != "" {
			t.Errorf("%+v: %v", p, ok)
		}
		if errs := brief.Validate(b).Errors(); len(errs) > 0 {
			t.Errorf("%s: %v", p.ID, errs)
		}
		entities, services = entities+len(b.Entities), services+len(b.Services)
		for _, e := range b.Entities {
			attrs += len(e.Attrs)
		}
	}
	if want := []string{"ecommerce", "edu", "crm_saas", "iot", "social", "payment", "wms", "medical", "parking", "game"}; !slices.Equal(ids, want) {
		t.Errorf("presets %v, want %v", ids, want)
	}
	if services != 59 || entities != 102 || attrs != 689 {
		t.Errorf("%d services, %d entities, %d attributes; want 59, 102, 689", services, entities, attrs)
	}
	if c := brief.PresetCache("parking"); len(c) != 11 || c[0].Key != "owner:info:{owner_id}" || c[10].TTL != "10秒" {
		t.Errorf("cache of parking: %+v", c)
	}
	if brief.PresetCache("nobody") != nil {
		t.Error("a cache from nowhere")
	}
}

// Peaks and volumes follow the DAU unless they were given (domain.md §6).
func TestPresetScales(t *testing.T) {
	b, _ := brief.Preset("parking")
	set := func(path, value string) {
		t.Helper()
		if err := b.Set(path, value); err != nil {
			t.Fatal(err)
		}
	}
	set("system.dau", "9万")
	set("entities[0].volume.rows_per_day", "777")
	r := brief.Complete(b)
	for table, want := range map[string][2]int64{
		"owners": {600_000, 777}, "parking_sessions": {40_000_000, 240_000}, "payments": {22_000_000, 140_000},
		"fee_rules": {9_000, 15}, "devices": {2_400, 2}, "parking_lots": {260, 1}, "device_events": {0, 3_000_000},
	} {
		e, _ := r.Entity(table)
		if got := [2]int64{e.Volume.RowsNow.V, e.Volume.RowsPerDay.V}; got != want {
			t.Errorf("%s: %v, want %v", table, got, want)
		}
	}
	if r.System.PeakReadQPS.V != 1200 || r.System.PeakWriteTPS.V != 250 {
		t.Errorf("peaks %d, %d", r.System.PeakReadQPS.V, r.System.PeakWriteTPS.V)
	}
	// Written down, the brief says the scaled numbers and gives the same answer.
	written, err := brief.Parse("written", b.YAML())
	if err != nil {
		t.Fatal(err)
	}
	if string(brief.Complete(written).YAML()) != string(r.YAML()) {
		t.Error("the written brief completes differently")
	}
	// A file with the preset's own numbers was written by somebody.
	file := load(t, "parking_brief.yaml")
	if err := file.Set("system.dau", "9万"); err != nil {
		t.Fatal(err)
	}
	if e, _ := brief.Complete(file).Entity("parking_sessions"); e.Volume.RowsPerDay.V != 2_400_000 {
		t.Errorf("a volume of the file was scaled to %d", e.Volume.RowsPerDay.V)
	}
}

// A brief that only names a preset is that preset with changes.
func TestPresetFills(t *testing.T) {
	b := parse(t, "schema: dbbrief/v1\npreset: parking\nsystem: {name: 小城停车, summary: 小城市的停车收费平台, dau: 9万}\n")
	if errs := brief.Validate(b).Errors(); len(errs) > 0 {
		t.Fatal(errs)
	}
	r := brief.Complete(b)
	if e, _ := r.Entity("parking_sessions"); len(r.Entities) != 12 || e.Volume.RowsPerDay.V != 240_000 || r.System.Name != "小城停车" || r.System.SLA != "99.95" {
		t.Errorf("%d entities, %+v", len(r.Entities), r.System)
	}
}

func TestPresetIsACopy(t *testing.T) {
	a, _ := brief.Preset("edu")
	a.Entities[0].Attrs[0].Name = "改了"
	a.Services[0].Out[0] = "x.y"
	b, _ := brief.Preset("edu")
	if b.Entities[0].Attrs[0].Name == "改了" || b.Services[0].Out[0] == "x.y" {
		t.Error("a change to one copy is seen in the next")
	}
}
