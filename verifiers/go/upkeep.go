package main

import (
	"encoding/hex"
	"fmt"
	"sort"
)

// What a log says of its own upkeep: how long it is kept, what may not be pruned for now, what was pruned. A pruned leaf
// keeps its place and its hash and loses its bytes.

const dayMs = 86_400_000

type stretch struct{ from, to int64 }

type prune struct {
	stretch
	index, count int64
}

type stay struct {
	index int64
	t     string
}

type upkeep struct {
	days   int64
	stated bool
	holds  map[string]bool
	pruned int64     // records of transfers and accesses below may be gone
	gone   []stretch // leaves without bytes, in order
	prunes []prune
	stays  []stay // records that are never pruned
}

func prunable(kind string) bool {
	return kind == "intent" || kind == "outcome" || kind == "refusal" || kind == "access"
}

func (u *upkeep) config(record object) string {
	id := record.text("hold")
	switch act := record.text("act"); {
	case act == "retention" && record["days"] == nil:
		return "says no retention"
	case act == "retention":
		u.days, u.stated = record.number("days"), true
	case id == "":
		return "names no hold"
	case act == "hold.placed":
		if u.holds == nil {
			u.holds = map[string]bool{}
		}
		u.holds[id] = true
	case !u.holds[id]:
		return "lifts a hold that is not in force"
	default:
		delete(u.holds, id)
	}
	return ""
}

func (u *upkeep) prune(record object, index int64) string {
	from, to, days := record.number("from"), record.number("to"), record.number("days")
	switch {
	case from > u.pruned || to <= from || to > index:
		return "prunes a stretch that does not follow the one before"
	case !u.stated || days != u.days:
		return "prunes by a retention that the log did not state before"
	case len(u.holds) > 0:
		return "prunes under a legal hold"
	case millis(record.text("before")) > millis(record.text("t"))-days*dayMs:
		return "prunes what is younger than the retention"
	}
	u.pruned = max(u.pruned, to)
	u.prunes = append(u.prunes, prune{stretch{from, to}, index, record.number("count")})
	for _, one := range u.stays {
		if one.index >= from && one.index < to && millis(one.t)-millis(record.text("before")) > clockSlack.Milliseconds() {
			return fmt.Sprintf("prunes a stretch in which record %d is younger than it says", one.index)
		}
	}
	return ""
}

func millis(text string) int64 { return parseTime(text).UnixMilli() }

func (u *upkeep) keep(record object, index int64, fault func(int64, string)) {
	what := ""
	kind := record.text("k")
	switch kind {
	case "config":
		what = u.config(record)
	case "prune":
		what = u.prune(record, index)
	}
	if what != "" {
		fault(index, what)
	}
	if kind != "prune" && !prunable(kind) {
		u.stays = append(u.stays, stay{index, record.text("t")})
	}
}

// gone: the hash of a leaf without bytes holds its place in the tree, under the seal and in the chain of its boot.
func (r *records) gone(c *chain, s *seal, hash [32]byte, i int64) {
	index := s.first + i
	u := &r.upkeep
	if last := len(u.gone) - 1; last >= 0 && u.gone[last].to == index {
		u.gone[last].to++
	} else {
		u.gone = append(u.gone, stretch{index, index + 1})
	}
	if c == nil {
		return
	}
	if c.next != s.firstIseq+i {
		r.fault(index, "does not continue the chain of its boot")
	}
	c.next = s.firstIseq + i + 1
	c.previous = hex.EncodeToString(hash[:])
}

func (u *upkeep) isGone(index int64) bool {
	at := sort.Search(len(u.gone), func(i int) bool { return u.gone[i].to > index })
	return at < len(u.gone) && u.gone[at].from <= index
}

func (u *upkeep) count() int64 {
	var sum int64
	for _, one := range u.gone {
		sum += one.to - one.from
	}
	return sum
}

func (u *upkeep) done(fault func(int64, string)) {
	for _, one := range u.prunes {
		var sum int64
		for _, gone := range u.gone {
			sum += max(0, min(gone.to, one.to)-max(gone.from, one.from))
		}
		if sum > one.count {
			fault(one.index, "says that fewer were pruned than are gone")
		}
	}
	for _, one := range u.gone {
		if one.to > u.pruned {
			fault(max(one.from, u.pruned), "is gone, and no record says that it was pruned")
		}
	}
}
