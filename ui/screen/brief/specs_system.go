package brief

import (
	"strings"

	"dbchapter/prompt/brief"
	"dbchapter/ui/screen/brief/form"
)

// systemSubject is the first group of answers.
func systemSubject() about[brief.System] {
	return about[brief.System]{
		base: "system", group: "system", specs: systemSpecs(),
		of: func(b *brief.Brief) *brief.System { return &b.System },
	}
}

// systemSpecs are the answers of domain.md §1.2 in the order of the sheet.
func systemSpecs() []spec[brief.System] {
	type s = brief.System
	return []spec[s]{
		text("name", "basic", "1 4", func(v *s) *string { return &v.Name }),
		text("summary", "basic", "1 2", func(v *s) *string { return &v.Summary }),
		text("code", "basic", "1 4", func(v *s) *string { return &v.Code }),
		pick("domain", "basic", "2 4", func(v *s) *string { return &v.Domain }, domainOptions),
		list("users", "basic", "1 2", func(v *s) *[]string { return &v.Users }),

		whole("dau", "scale", "1 3 4", func(v *s) *brief.Opt[int64] { return &v.DAU }),
		whole("peak_read_qps", "scale", "1 4 6", func(v *s) *brief.Opt[int64] { return &v.PeakReadQPS }),
		whole("peak_write_tps", "scale", "1 6", func(v *s) *brief.Opt[int64] { return &v.PeakWriteTPS }),
		number("growth", "scale", "3", true, func(v *s) *brief.Opt[float64] { return &v.Growth }),
		whole("horizon_years", "scale", "3", func(v *s) *brief.Opt[int] { return &v.HorizonYears }),
		number("peak_factor", "scale", "3 6", false, func(v *s) *brief.Opt[float64] { return &v.PeakFactor }),
		number("cache_hit", "scale", "4 6", true, func(v *s) *brief.Opt[float64] { return &v.CacheHit }),

		regionsSpec(),
		several(list("compliance", "deploy", "2 7", func(v *s) *[]string { return &v.Compliance }), complianceOptions),
		pick("sla", "deploy", "1 7", func(v *s) *string { return &v.SLA }, words[s]("brief.opt.sla", "99", "99.9", "99.5", "99.95", "99.99", "99.995")),
		whole("rpo_minutes", "deploy", "1 7", func(v *s) *brief.Opt[int] { return &v.RPOMinutes }),
		whole("rto_minutes", "deploy", "7", func(v *s) *brief.Opt[int] { return &v.RTOMinutes }),
		yesNo("multi_tenant", "deploy", "2 3", func(v *s) *bool { return &v.MultiTenant }),

		pick("naming", "style", "2", func(v *s) *string { return &v.Naming }, words[s]("brief.opt.naming", "plural", "singular")),
		pick("money_type", "style", "2", func(v *s) *string { return &v.MoneyType }, words[s]("brief.opt.money", "decimal", "fen")),
		pick("time_type", "style", "2", func(v *s) *string { return &v.TimeType }, words[s]("brief.opt.time", "datetime", "timestamp")),
		pick("threshold_profile", "style", "3", func(v *s) *string { return &v.ThresholdProfile }, words[s]("brief.opt.profile", "balanced", "ali", "classic", "modern")),
		yesNo("gm_crypto", "style", "2", func(v *s) *bool { return &v.GMCrypto }),
	}
}

func domainOptions(m *Model, _ *brief.System) []form.Option {
	out := []form.Option{{Label: m.words.T("brief.byrule")}, {Value: "generic", Label: m.words.T("brief.domain.generic")}}
	for _, p := range brief.Presets() {
		out = append(out, form.Option{Value: p.ID, Label: p.Name})
	}
	return out
}

func complianceOptions(*Model, *brief.System) []form.Option {
	var out []form.Option
	for _, c := range []string{"PIPL", "等保二级", "等保三级", "PCI", "GDPR", "无"} {
		out = append(out, form.Option{Value: c, Label: c})
	}
	return out
}

// regionsSpec shows 华东 主、华北 灾备.
func regionsSpec() spec[brief.System] {
	roles := map[string]string{"primary": "主", "dr": "灾备", "active": "双活"}
	return spec[brief.System]{
		key: "regions", part: "deploy", sections: "1 7",
		get: func(s *brief.System) string {
			var out []string
			for _, r := range s.Regions {
				out = append(out, strings.TrimSpace(r.Name+" "+first(roles[r.Role], r.Role)))
			}
			return strings.Join(out, form.Sep)
		},
	}
}
