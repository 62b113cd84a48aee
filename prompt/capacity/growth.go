package capacity

import "math"

// Growth is how a system grows: Rate 0.3 is 30 % a year, over Years years.
type Growth struct {
	Rate  float64
	Years int
}

// Factor is the growth from the first to the last year of the horizon.
func (g Growth) Factor() float64 { return math.Pow(1+g.Rate, float64(g.Years-1)) }

// Daily is rows a day in year k, the first being 1 (§3.6.5).
func (g Growth) Daily(perDay float64, k int) float64 {
	return perDay * math.Pow(1+g.Rate, float64(k-1))
}

// Rows is how many rows are online at the end of the horizon. With days = 0
// everything stays; else only the last days days do, counted back through the
// years, and beyond the horizon what there is now (§3.6.5).
func (g Growth) Rows(now, perDay float64, days int) float64 {
	if days <= 0 {
		rows := now
		for k := 1; k <= g.Years; k++ {
			rows += 365 * g.Daily(perDay, k)
		}
		return rows
	}
	rows, left := 0.0, days
	for k := g.Years; k >= 1 && left > 0; k-- {
		n := min(left, 365)
		rows += float64(n) * g.Daily(perDay, k)
		left -= n
	}
	if left > 0 {
		rows += min(now, perDay*float64(left))
	}
	return rows
}

// PeakTPS is the peak of writes a second at the end of the horizon; peak is
// the factor peak ÷ average (§3.6.5).
func (g Growth) PeakTPS(perDay, writesPerRow, peak float64) float64 {
	return g.Daily(perDay, g.Years) * writesPerRow / 86400 * peak
}

// OutboxDays is how long delivered messages stay.
const OutboxDays = 3

// OutboxRows is the rolling size of a local message table (§3.6.12).
func (g Growth) OutboxRows(eventsADay float64) float64 {
	return eventsADay * g.Factor() * OutboxDays
}
