package ddl

import (
	"strconv"
	"strings"
)

// fitsTime says whether a literal is a date or time that MySQL stores in
// strict mode, where zero dates are refused.
func fitsTime(t Type, d *Expr, v string) bool {
	switch t.Name {
	case "year":
		n, err := strconv.Atoi(strings.TrimSpace(v))
		return err == nil && (n == 0 || n >= 1901 && n <= 2155 || n >= 1 && n <= 99)
	case "time":
		return fitsClock(v)
	case "date", "datetime", "timestamp":
		m, ok := readMoment(v)
		if !ok {
			return false
		}
		if t.Name == "timestamp" {
			return m.year >= 1970 && m.year <= 2038 && (m.year > 1970 || m.month > 1 || m.day > 1 || m.hour > 0 || m.minute > 0 || m.second > 0)
		}
		return true
	}
	return true
}

// moment is a date with a time of day.
type moment struct{ year, month, day, hour, minute, second int }

// readMoment reads 2025-01-31, 20250131, 2025-01-31 10:00:00.5, 2025/1/31 and
// the like; zero and impossible dates are refused.
func readMoment(s string) (moment, bool) {
	s = strings.TrimSpace(s)
	s, _, _ = strings.Cut(s, ".")
	var m moment
	if digits := onlyDigits(s); digits && (len(s) == 8 || len(s) == 14) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:8] + " " + s[8:]
		if len(s) > 11 {
			s = s[:13] + ":" + s[13:15] + ":" + s[15:]
		}
	} else if digits && (len(s) == 6 || len(s) == 12) {
		return readMoment(century(s[:2]) + s)
	}
	fields := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/:. T", r) })
	if len(fields) < 3 || len(fields) > 6 {
		return m, false
	}
	for i, to := range []*int{&m.year, &m.month, &m.day, &m.hour, &m.minute, &m.second}[:len(fields)] {
		n, ok := atoi(fields[i])
		if !ok || len(fields[i]) > 4 {
			return m, false
		}
		*to = n
	}
	if len(fields[0]) == 2 {
		m.year, _ = atoi(century(fields[0]) + fields[0])
	}
	return m, m.valid()
}

func century(yy string) string {
	if yy < "70" {
		return "20"
	}
	return "19"
}

func onlyDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

func (m moment) valid() bool {
	if m.month < 1 || m.month > 12 || m.day < 1 || m.day > monthDays(m.year, m.month) || m.year > 9999 || m.year == 0 {
		return false
	}
	return m.hour < 24 && m.minute < 60 && m.second < 60
}

func monthDays(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// fitsClock reads a TIME value: 10:30:00, -838:59:59, 103000, '1 10:00'.
func fitsClock(s string) bool {
	s = strings.TrimSpace(s)
	if m, ok := readMoment(s); ok && strings.ContainsAny(s, "-/") && !strings.HasPrefix(s, "-") {
		return m.valid() && strings.ContainsAny(s, ": T")
	}
	s = strings.TrimPrefix(s, "-")
	s, _, _ = strings.Cut(s, ".")
	if days, rest, ok := strings.Cut(s, " "); ok {
		if n, ok := atoi(days); !ok || n > 34 {
			return false
		}
		s = rest
	}
	if onlyDigits(s) && len(s) <= 7 {
		n, _ := atoi(s)
		return n%100 < 60 && n/100%100 < 60 && n/10000 <= 838
	}
	fields := strings.Split(s, ":")
	if len(fields) > 3 {
		return false
	}
	for i, f := range fields {
		n, ok := atoi(f)
		if !ok || i > 0 && n > 59 || i == 0 && n > 838 {
			return false
		}
	}
	return true
}

// days is MySQL's TO_DAYS of a date.
func (m moment) days() int {
	y, mo := m.year, m.month
	n := 365*y + 31*(mo-1) + m.day
	if mo <= 2 {
		y--
	} else {
		n -= (mo*4 + 23) / 10
	}
	return n + y/4 - (y/100+1)*3/4
}
