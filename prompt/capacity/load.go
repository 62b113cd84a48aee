package capacity

import "math"

// The safe load of one 8-core server (§3.6.9): 8000 point reads a second at
// 60 %, and writes.
const (
	SafeReads  = 4800
	SafeWrites = 1500
)

// Misses is the peak reads a second that the cache lets through.
func Misses(peakReads, cacheHit float64) float64 { return peakReads * (1 - cacheHit) }

// Replicas is how many replicas carry a service's share of the misses at the
// end of the horizon; at least one (§3.6.9).
func Replicas(misses, share float64, g Growth) int {
	return max(1, int(math.Ceil(misses*g.Factor()*share/SafeReads)))
}

// Pool is the connections of one pod to one database: twice the connections
// that 10 ms a query keep busy, from 5 to 20 (§3.13).
func Pool(misses, share float64, pods, databases int) int {
	busy := misses * share * 10 / 1000 / float64(max(pods, 1)) / float64(max(databases, 1))
	return clamp(int(math.Ceil(busy*2)), 5, 20)
}

// Pods is the default number of pods for a service (domain.md §1.4).
func Pods(peakReads, share float64) int {
	return clamp(int(math.Ceil(peakReads*share/500)), 2, 32)
}

// Partitions is the number of partitions of a message topic (§3.6.9).
func Partitions(peakEvents float64) int {
	return max(6, int(math.Ceil(peakEvents/5000))*2)
}

// CacheKeys is how many keys an entity has in the cache: documents about six
// hours of them, the rest one for each row or each active person (§3.6.8).
func CacheKeys(document bool, rowsNow, perDay, dau float64) float64 {
	if document {
		return math.Ceil(perDay / 4)
	}
	return min(rowsNow, dau)
}

// CacheEntry is the bytes of a cached row with its key.
func CacheEntry(row int) int { return row + 100 }

// CacheGB turns Σ keys × entry bytes into memory with growth and 50 % for
// fragments and slack (§3.6.8).
func CacheGB(bytes float64, g Growth) float64 { return bytes * g.Factor() * 1.5 / GB }

// CacheShards keeps every shard below 60 % of its memory; at least three.
func CacheShards(memoryGB, shardGB float64) int {
	if shardGB <= 0 {
		return 3
	}
	return max(3, int(math.Ceil(memoryGB/(shardGB*0.6))))
}

// BloomMB is the memory of a Bloom filter of n elements with false-positive
// rate p, in megabytes of 10^6 bytes (§3.11).
func BloomMB(n, p float64) float64 {
	return n * math.Log(1/p) / (math.Ln2 * math.Ln2) / 8 / 1e6
}

// RestoreMinutes is the time to copy a full backup back at 150 MB/s (§3.14).
func RestoreMinutes(gb float64) int {
	return int(math.Ceil(Round(gb) * 1000 / 150 / 60))
}

// PowerOfTwo is the smallest power of two that is not below x, at least 1.
func PowerOfTwo(x float64) int {
	n := 1
	for float64(n) < math.Ceil(x) && n < 1<<40 {
		n *= 2
	}
	return n
}

func clamp(n, low, high int) int { return min(max(n, low), high) }
