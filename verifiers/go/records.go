package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"time"
)

// What the records of a log say together: chains of boots, seals, one intent and one end per attempt, time.

const (
	clockSlack = 60 * time.Second
	noPrevious = "0000000000000000000000000000000000000000000000000000000000000000"
	tileWidth  = 256
)

type chain struct {
	key            ed25519.PublicKey
	inst           string
	next           int64
	previous       string
	latest, coming string
}

// attempt: there are as many as transfers, so that they are kept small and without pointers.
type attempt struct {
	tid [16]byte
	n   int64
}

// bytesOf a tid, of which the form was checked.
func bytesOf(tid string) (out [16]byte) {
	hex.Decode(out[:], []byte(tid))
	return out
}

type records struct {
	stream string
	// the bytes of the records that announce keys of the log, in order, and how many of them came
	announcements [][]byte
	announced     int
	// the enrolment key that counts now, whether it or one before it is the pinned one, and boots whose key was revoked
	enrol, trusted *pin
	reached        bool
	revoked        map[string]bool
	report         *Report
	chains         map[string]*chain
	attempts       map[attempt]int64 // index of the intent, or -1 - index once it has its outcome
	refused        map[[16]byte]bool
	genesis        int
	base           int64 // where this tree begins
	edges          string
	upkeep         upkeep
}

func newRecords(stream string, enrol, trusted *pin, announcements [][]byte, report *Report) *records {
	return &records{
		stream: stream, announcements: announcements, enrol: enrol, trusted: trusted, report: report,
		reached: trusted == nil || trusted.key.Equal(enrol.key), revoked: map[string]bool{},
		chains: map[string]*chain{}, attempts: map[attempt]int64{}, refused: map[[16]byte]bool{},
	}
}

func (r *records) fault(index int64, what string) {
	name := "access"
	if r.stream == "evidence" {
		name = "transfers"
	}
	r.report.add(Tampered, fmt.Sprintf("%s %d", name, index), what)
}

func (r *records) batch(s *seal, bodies [][]byte, hashes [][32]byte) {
	all := make([]object, len(bodies))
	for i, body := range bodies {
		if len(body) == 0 {
			continue
		}
		record, err := readRecord(body)
		if err != nil {
			r.fault(s.first+int64(i), "is no record that this version knows ("+err.Error()+")")
			continue
		}
		all[i] = record
	}
	if r.revoked[s.boot] {
		r.fault(s.first, "is sealed by a boot whose key was revoked")
	}
	if r.chains[s.boot] == nil && all[0] != nil {
		r.begin(all[0], s)
	}
	c := r.chains[s.boot]
	if c == nil {
		r.fault(s.first, "belongs to a boot whose certified boot record is not in the log")
	} else if !s.holds(r.stream, hashes, c.key) {
		r.fault(s.first, fmt.Sprintf("the seal over %d records does not hold", s.n))
	}
	for i, record := range all {
		index := s.first + int64(i)
		if len(bodies[i]) == 0 {
			r.gone(c, s, hashes[i], int64(i))
		}
		if record == nil {
			continue
		}
		if c != nil {
			r.link(c, record, s, index, int64(i))
		}
		r.meaning(record, index)
		if isRotation(record) {
			r.announce(bodies[i], index)
		}
		if c != nil {
			c.next = record.number("iseq") + 1
			c.previous = hex.EncodeToString(hashes[i][:])
		}
	}
	if c != nil {
		c.latest = c.coming
	}
}

func (r *records) begin(record object, s *seal) {
	if record.text("k") != "boot" || record.number("iseq") != 0 {
		return
	}
	key := bootKey(record, r.enrol.key)
	if key == nil {
		r.fault(s.first, "is a boot that the enrolment key did not certify")
		return
	}
	r.chains[record.text("boot")] = &chain{key: key, inst: record.text("inst"), previous: noPrevious}
}

func (r *records) link(c *chain, record object, s *seal, index, i int64) {
	kind, iseq := record.text("k"), record.number("iseq")
	if record.text("boot") != s.boot || record.text("inst") != c.inst || s.inst != c.inst {
		r.fault(index, "names another instance or boot than its seal")
	} else if iseq != c.next || iseq != s.firstIseq+i || record.text("iprev") != c.previous {
		r.fault(index, "does not continue the chain of its boot")
	} else if (kind == "boot") != (iseq == 0) {
		r.fault(index, "is a boot record in the wrong place")
	}
	if kind == "outcome" {
		return
	}
	t := record.text("t")
	if t < c.latest && parseTime(c.latest).Sub(parseTime(t)) > clockSlack {
		r.fault(index, "is older than the records before it")
	}
	if t > c.coming {
		c.coming = t
	}
}

func parseTime(text string) time.Time {
	at, _ := time.Parse("2006-01-02T15:04:05.000Z", text)
	return at
}

// shard: a tree begins at that place.
func (r *records) shard(base int64) { r.base, r.edges = base, "" }

// edge: a link stands at the beginning of a later tree, and nothing but a recovery after it.
func (r *records) edge(kind string, index int64) {
	right := r.edges == "" && kind == "shard_link" || r.edges == "shard_link" && kind == "recover"
	if r.base == 0 || index-r.base > 2 || !right {
		r.fault(index, "does not belong in this place")
	}
	r.edges += kind
}

func (r *records) announce(body []byte, index int64) {
	if r.announced < len(r.announcements) && bytes.Equal(r.announcements[r.announced], body) {
		r.announced++
	} else {
		r.fault(index, "announces another key than the one that was followed")
	}
}

func (r *records) meaning(record object, index int64) {
	kind := record.text("k")
	r.upkeep.keep(record, index, r.fault)
	r.sealKeys(record, index)
	if kind == "shard_link" || kind == "recover" {
		r.edge(kind, index)
	}
	if (kind == "access") != (r.stream == "access") && kind != "boot" && kind != "genesis" &&
		kind != "config" && kind != "prune" && kind != "shard_link" && kind != "recover" && !isOfKeys(record) {
		r.fault(index, "does not belong in this log")
	}
	of := attempt{bytesOf(record.text("tid")), record.number("attempt")}
	switch kind {
	case "genesis":
		r.genesis++
		if r.genesis > 1 || index >= tileWidth {
			r.fault(index, "is a second beginning")
		}
	case "intent":
		if _, there := r.attempts[of]; there {
			r.fault(index, "is a second intent of the same attempt")
		} else {
			r.attempts[of] = index
		}
	case "refusal":
		if r.refused[of.tid] {
			r.fault(index, "is a second refusal of the same transfer")
		}
		r.refused[of.tid] = true
	case "outcome":
		intent, there := r.attempts[of]
		switch {
		case !there && record.number("intent") < index && r.upkeep.isGone(record.number("intent")):
			r.attempts[of] = -1 - record.number("intent")
		case !there:
			r.fault(index, "is the end of an attempt that has no earlier intent")
		case intent < 0:
			r.fault(index, "is a second end of the same attempt")
		case intent != record.number("intent"):
			r.fault(index, "points to another record than its intent")
		default:
			r.attempts[of] = -1 - intent
		}
	}
}

// sealKeys follows the enrolment key, which certifies every boot that begins after its record, and keys that were revoked.
func (r *records) sealKeys(record object, index int64) {
	if record.text("k") != "key" {
		return
	}
	switch record.text("act") {
	case instanceRevoked:
		r.revoked[record.text("subject")] = true
	case enrolRotated:
		old, next := readRotation(record)
		if next == nil || !old.key.Equal(r.enrol.key) {
			r.fault(index, "announces an enrolment key that does not follow the one before")
			return
		}
		r.enrol = next
		r.reached = r.reached || r.trusted.key.Equal(next.key)
	}
}

func (r *records) done() {
	if !r.reached {
		r.report.add(Tampered, "keys", "the log does not lead to the pinned enrolment key")
	}
	r.upkeep.done(r.fault)
	if count := r.upkeep.count(); count > 0 {
		r.report.add(Note, r.stream, fmt.Sprintf("%d records below %d were pruned: their retention was over", count, r.upkeep.pruned))
	}
	if r.announced < len(r.announcements) {
		r.report.add(Tampered, "keys", "a key was followed that the log does not announce")
	}
	for _, intent := range r.attempts {
		if intent < 0 {
			continue
		}
		r.report.Open++
		if r.report.Open <= 100 {
			r.report.add(Note, fmt.Sprintf("transfers %d", intent), "has no end in the log: it may have been sent")
		}
	}
}
