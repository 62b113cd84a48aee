package capacity

import (
	"math"
	"strconv"
)

// Round is the one rounding of a chapter: half up (§3.6.6).
func Round(x float64) float64 { return math.Floor(x + 0.5) }

func whole(x float64) string { return strconv.FormatFloat(x, 'f', 0, 64) }

func tenth(x float64) string { return strconv.FormatFloat(Round(x*10)/10, 'f', 1, 64) }

// CountText writes a count with its unit of ten thousands: 14.8亿, 1474万, 2600.
func CountText(n float64) string {
	switch {
	case Round(n/1e4) >= 1e4:
		return tenth(n/1e8) + "亿"
	case Round(n) >= 1e4:
		return whole(Round(n/1e4)) + "万"
	}
	return whole(Round(n))
}

// RowsText is 14.8亿行, 1474万行, 2600行.
func RowsText(rows float64) string { return CountText(rows) + "行" }

// GBText is 855GB, 3GB (up below ten), 1.8TB, 不足1GB.
func GBText(gb float64) string {
	switch {
	case gb < 1:
		return "不足1GB"
	case gb < 10:
		return whole(math.Ceil(gb)) + "GB"
	case Round(gb) < 1000:
		return whole(Round(gb)) + "GB"
	}
	return tenth(gb/1000) + "TB"
}

// AboutGB is GBText as it stands in a sentence: 约855GB, 不足1GB.
func AboutGB(gb float64) string {
	if gb < 1 {
		return GBText(gb)
	}
	return "约" + GBText(gb)
}

// TPSText is a rate a second without its unit: 1127.
func TPSText(perSecond float64) string { return whole(Round(perSecond)) }

// RowsBound is an upper bound for “不足…行”: up to the next million, below a
// million up to the next ten thousand (§3.6.6).
func RowsBound(rows float64) string {
	step := 1e6
	if rows < 1e6 {
		step = 1e4
	}
	n := (math.Floor(rows/step) + 1) * step
	if n >= 1e8 {
		return tenth(math.Ceil(n/1e7)*1e7/1e8) + "亿行"
	}
	return whole(n/1e4) + "万行"
}

// GBBound is an upper bound for “不足…GB”: up to the next whole number.
func GBBound(gb float64) string { return whole(max(math.Ceil(gb), 1)) + "GB" }
