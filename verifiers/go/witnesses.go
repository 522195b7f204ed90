package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Which witnesses must have cosigned the head: c2sp.org/tlog-policy, and c2sp.org/tlog-cosignature v1.

type witness struct {
	name string // in its vkey
	id   []byte
	key  ed25519.PublicKey
}

type metBy func(map[*witness]bool) bool

type quorum struct {
	witnesses []*witness
	met       metBy
}

var (
	policyName    = regexp.MustCompile(`\A[^\s+]{1,256}\z`)
	policyComment = regexp.MustCompile(`^#.*|\s#.*`)
	policyURL     = regexp.MustCompile(`\Ahttps?://[^\s/]`)
	policyCount   = regexp.MustCompile(`\A[1-9][0-9]{0,2}\z`)
)

func readWitnessVkey(text string) (*witness, error) {
	bad := errors.New("not the vkey of a witness")
	parts := strings.SplitN(text, "+", 3)
	if len(parts) != 3 || parts[0] == "" || strings.ContainsFunc(parts[0], unicode.IsSpace) {
		return nil, bad
	}
	typed := unbase64(parts[2])
	if len(typed) != 1+ed25519.PublicKeySize || typed[0] != 4 {
		return nil, bad
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	if hex.EncodeToString(sum[:4]) != parts[1] {
		return nil, bad
	}
	return &witness{parts[0], sum[:4], ed25519.PublicKey(typed[1:])}, nil
}

func readQuorum(text []byte) (*quorum, error) {
	if len(text) > 65536 {
		return nil, errors.New("too long")
	}
	q := &quorum{}
	names := map[string]metBy{}
	for i, line := range strings.Split(string(text), "\n") {
		fault := fmt.Errorf("line %d", i+1)
		words := strings.FieldsFunc(policyComment.ReplaceAllString(strings.TrimSuffix(line, "\r"), ""), func(r rune) bool {
			return r == ' ' || r == '\t'
		})
		if len(words) == 0 || words[0] == "log" {
			continue
		}
		name, rest := "", words[1:]
		if len(rest) > 0 {
			name, rest = rest[0], rest[1:]
		}
		if words[0] == "quorum" {
			met := names[name]
			if name == "none" {
				met = func(map[*witness]bool) bool { return true }
			}
			if q.met != nil || met == nil || len(rest) > 0 {
				return nil, fault
			}
			q.met = met
			continue
		}
		if words[0] != "witness" && words[0] != "group" || !policyName.MatchString(name) || name == "none" ||
			names[name] != nil || len(names) >= 256 {
			return nil, fault
		}
		if words[0] == "witness" {
			if len(rest) < 1 || len(rest) > 2 || len(rest) == 2 && !policyURL.MatchString(rest[1]) {
				return nil, fault
			}
			one, err := readWitnessVkey(rest[0])
			if err != nil {
				return nil, fault
			}
			for _, other := range q.witnesses {
				if other.key.Equal(one.key) {
					return nil, fault
				}
			}
			q.witnesses = append(q.witnesses, one)
			names[name] = func(by map[*witness]bool) bool { return by[one] }
			continue
		}
		if len(rest) < 2 {
			return nil, fault
		}
		members := rest[1:]
		least := len(members)
		switch {
		case rest[0] == "any":
			least = 1
		case rest[0] != "all":
			if !policyCount.MatchString(rest[0]) {
				return nil, fault
			}
			least, _ = strconv.Atoi(rest[0])
		}
		var parts []metBy
		seen := map[string]bool{}
		for _, member := range members {
			if names[member] == nil || seen[member] {
				return nil, fault
			}
			seen[member] = true
			parts = append(parts, names[member])
		}
		if least > len(parts) {
			return nil, fault
		}
		names[name] = func(by map[*witness]bool) bool {
			count := 0
			for _, part := range parts {
				if part(by) {
					count++
				}
			}
			return count >= least
		}
	}
	if q.met == nil {
		return nil, errors.New("no quorum")
	}
	return q, nil
}

// cosigned gives the witnesses whose lines are on the note; an error if one of them does not hold.
func (q *quorum) cosigned(note []byte, text string) (map[*witness]bool, error) {
	by := map[*witness]bool{}
	lines := strings.Split(string(note[min(len(note), len(text)+1):]), "\n")
	for i, line := range lines {
		if i >= 64 {
			break
		}
		parts := strings.Split(line, " ")
		if len(parts) != 3 || parts[0] != "—" {
			continue
		}
		blob := unbase64(parts[2])
		if len(blob) < 4 {
			continue
		}
		for _, one := range q.witnesses {
			if one.name != parts[1] || !bytes.Equal(one.id, blob[:4]) {
				continue
			}
			if len(blob) != 4+8+ed25519.SignatureSize {
				return nil, errors.New("length")
			}
			seconds := binary.BigEndian.Uint64(blob[4:12])
			message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
			if seconds > 253402300799 || !ed25519.Verify(one.key, []byte(message), blob[12:]) {
				return nil, errors.New("signature")
			}
			by[one] = true
		}
	}
	return by, nil
}

func (v *verifier) checkWitnessed(note []byte, text string, q *quorum) {
	const path = "log/checkpoint"
	by, err := q.cosigned(note, text)
	if err != nil {
		v.report.add(Tampered, path, "carries a cosignature of a witness that does not hold")
	} else if !q.met(by) {
		v.report.add(Incomplete, path, "is cosigned by fewer witnesses than the policy asks for")
	}
}
