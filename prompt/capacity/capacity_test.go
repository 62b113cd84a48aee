package capacity_test

import (
	"math"
	"testing"

	c "dbchapter/prompt/capacity"
)

func TestColumnBytes(t *testing.T) {
	for typ, want := range map[string]int{
		"BIGINT": 8, "BIGINT UNSIGNED": 8, "INT UNSIGNED": 4, "SMALLINT": 2, "TINYINT": 1, "DECIMAL(18,2)": 9,
		"DECIMAL(10,7)": 6, "DECIMAL(7,4)": 4, "DECIMAL(18,8)": 9, "DATETIME": 5, "DATETIME(3)": 7, "DATE": 3,
		"CHAR(64)": 64, "VARBINARY(128)": 65, "JSON": 300, "TEXT": 1000, "VARCHAR(20)": 19, "VARCHAR(64)": 59,
		"VARCHAR(100)": 91, "VARCHAR(255)": 79, "VARCHAR(50)": 46,
	} {
		if got := c.ColumnBytes(typ); got != want {
			t.Errorf("ColumnBytes(%q) = %d, want %d", typ, got, want)
		}
	}
}

// Rows of the golden brief: growth 30 %, three years.
func TestRows(t *testing.T) {
	g := c.Growth{Rate: 0.3, Years: 3}
	for _, x := range []struct {
		now, day float64
		days     int
		want     string
	}{
		{6e6, 6e3, 0, "1474万行"},
		{8.5e6, 8.5e3, 0, "2088万行"},
		{400e6, 2.4e6, 365, "14.8亿行"},
		{0, 30e6, 180, "91.3亿行"},
		{2600, 2, 0, "5513行"},
		{100e6, 200e3, 1095, "2.9亿行"},
	} {
		if got := c.RowsText(g.Rows(x.now, x.day, x.days)); got != x.want {
			t.Errorf("Rows(%v, %v, %d) = %s, want %s", x.now, x.day, x.days, got, x.want)
		}
	}
	if got := g.PeakTPS(2.4e6, 3, 8); math.Abs(got-1126.7) > 0.05 {
		t.Errorf("PeakTPS = %v", got)
	}
	if got := c.RowsText(g.OutboxRows(6.6e6)); got != "3346万行" {
		t.Errorf("OutboxRows = %s", got)
	}
	// Two days beyond a one-year horizon are taken from what there is now.
	if got := (c.Growth{Years: 1}).Rows(15, 10, 367); got != 3665 {
		t.Errorf("Rows beyond the horizon = %v, want 3665", got)
	}
}

func TestLoad(t *testing.T) {
	g := c.Growth{Rate: 0.3, Years: 3}
	misses := c.Misses(12000, 0.85)
	for what, ok := range map[string]bool{
		"misses":       math.Abs(misses-1800) < 1e-6,
		"replicas":     c.Replicas(misses, 0.4, g) == 1 && c.Replicas(20000, 0.4, g) == 3,
		"pool":         c.Pool(misses, 0.4, 8, 4) == 5 && c.Pool(60000, 1, 8, 1) == 20,
		"pods":         c.Pods(12000, 0.5) == 12,
		"partitions":   c.Partitions(100) == 6 && c.Partitions(41667) == 18,
		"cache keys":   c.CacheKeys(true, 400e6, 2.4e6, 9e5) == 600e3 && c.CacheKeys(false, 6e6, 6e3, 9e5) == 9e5,
		"cache memory": math.Abs(c.CacheGB(9e5*449+6e5*430+9e5*153+45e4*255+11e6, g)-2.35) < 0.02,
		"shards":       c.CacheShards(2.35, 4) == 3 && c.CacheShards(20, 4) == 9,
		"bloom":        math.Abs(c.BloomMB(20e6, 0.01)-24) < 0.1,
		"restore":      c.RestoreMinutes(315.9) == 36,
		"powers":       c.PowerOfTwo(3.16) == 4 && c.PowerOfTwo(148.04) == 256 && c.PowerOfTwo(0) == 1 && c.PowerOfTwo(64) == 64,
		"disk":         math.Abs(c.DiskGB(100, 1e6, 300, 35)-151) < 1e-9,
	} {
		if !ok {
			t.Errorf("%s is off", what)
		}
	}
}

func TestDisplay(t *testing.T) {
	for _, x := range []struct{ got, want string }{
		{c.RowsText(1480440000), "14.8亿行"},
		{c.RowsText(99999999), "1.0亿行"},
		{c.RowsText(99990000), "9999万行"},
		{c.RowsText(9999), "9999行"},
		{c.RowsText(0), "0行"},
		{c.GBText(855.3), "855GB"},
		{c.GBText(9.3), "10GB"},
		{c.GBText(2.9), "3GB"},
		{c.GBText(0.2), "不足1GB"},
		{c.AboutGB(0.2), "不足1GB"},
		{c.AboutGB(377), "约377GB"},
		{c.GBText(1657), "1.7TB"},
		{c.GBText(999.6), "1.0TB"},
		{c.TPSText(1126.7), "1127"},
		{c.RowsBound(2087.9e4), "2100万行"},
		{c.RowsBound(5e4), "6万行"},
		{c.GBBound(9.3), "10GB"},
		{c.GBBound(0), "1GB"},
	} {
		if x.got != x.want {
			t.Errorf("got %s, want %s", x.got, x.want)
		}
	}
}

func TestClickHouse(t *testing.T) {
	raw := 0
	for _, x := range []struct {
		typ  string
		avg  int
		want int
	}{
		{"UInt64", 8, 8},
		{"UInt8", 1, 1},
		{"Float32", 4, 4},
		{"DateTime", 5, 4},
		{"String", 9, 10},
		{"Decimal(18,2)", 9, 8},
		{"DateTime64(3)", 7, 8},
		{"LowCardinality(String)", 14, 15},
		{"Int64", 8, 8},
		{"UInt32", 4, 4},
		{"Date", 3, 2},
	} {
		got := c.ClickHouseBytes(x.typ, x.avg)
		if got != x.want {
			t.Errorf("%s = %d, want %d", x.typ, got, x.want)
		}
		raw += got
	}
	if got := c.GBText(c.ClickHouseGB(9126e6, 352)); got != "402GB" {
		t.Errorf("device events: %s", got)
	}
}
