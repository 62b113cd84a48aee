package brief

import (
	"strconv"

	"dbchapter/prompt/brief"
	"dbchapter/prompt/design"
)

// consequence is what follows from an answer as it stands, with the
// arithmetic; nothing when nothing can be said yet.
func consequence(m *Model, s subject, k string) []string {
	if !m.live.ready {
		return nil
	}
	if a, ok := s.(about[brief.Attr]); ok {
		b := m.page().draft(m)
		if v := a.of(&b); v != nil {
			return []string{m.theme.Glyph.Arrow + " " + columnWords(m, *v, nil)}
		}
	}
	if f, ok := consequences[s.path(k)]; ok {
		return f(m)
	}
	return nil
}

// consequences by the path of the answer.
var consequences = map[string]func(*Model) []string{
	"system.dau":               loadWords,
	"system.peak_read_qps":     loadWords,
	"system.peak_write_tps":    loadWords,
	"system.growth":            shardingWords,
	"system.horizon_years":     shardingWords,
	"system.threshold_profile": shardingWords,
	"system.cache_hit":         missWords,
	"system.sla":               downtimeWords,
	"system.rto_minutes":       downtimeWords,
}

// loadWords follow the formula of domain.md §1.1.
func loadWords(m *Model) []string {
	s := m.live.resolved.System
	out := []string{m.words.T("brief.then.load", thousands(s.PeakReadQPS.V), thousands(s.PeakWriteTPS.V))}
	if m.live.resolved.Source("system.peak_read_qps") != brief.FromBrief {
		out = append(out, m.words.T("brief.then.formula", brief.FormatCount(s.DAU.V), decimal(s.PeakFactor.V)))
	}
	return out
}

// shardingWords count the tables on each side of the line.
func shardingWords(m *Model) []string {
	split, whole := 0, 0
	biggest := &design.Table{}
	for _, t := range m.live.design.Tables {
		switch t.Verdict.Level {
		case design.LevelNone:
			continue
		case design.D4, design.D5, design.D6:
			split++
		default:
			whole++
		}
		if t.Size.Rows > biggest.Size.Rows {
			biggest = t
		}
	}
	if split+whole == 0 {
		return nil
	}
	return []string{
		m.words.T("brief.then.sharding", split, whole),
		m.words.T("brief.then.biggest", biggest.Name, roughly(biggest.Size.Rows), gigabytes(biggest.Size.GB)),
	}
}

func missWords(m *Model) []string {
	s := m.live.resolved.System
	miss := float64(s.PeakReadQPS.V) * (1 - s.CacheHit.V)
	return []string{m.words.T("brief.then.miss", thousands(s.PeakReadQPS.V), decimal(s.CacheHit.V*100)+"%", thousands(int64(miss+0.5)))}
}

// downtimeWords is the downtime a year the target allows.
func downtimeWords(m *Model) []string {
	s := m.live.resolved.System
	sla, err := strconv.ParseFloat(s.SLA, 64)
	if err != nil {
		return nil
	}
	minutes := (100 - sla) / 100 * 525600
	return []string{m.words.T("brief.then.downtime", s.SLA, strconv.FormatFloat(minutes, 'f', 0, 64), s.RTOMinutes.V)}
}

// thousands writes 12000 as 12,000.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
