package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// The shape of a record per kind. A version, kind or key that is not in the table fails.

type check func(any) bool

func matches(form string) check {
	compiled := regexp.MustCompile(`\A(?:` + form + `)\z`)
	return func(value any) bool {
		text, ok := value.(string)
		return ok && compiled.MatchString(text)
	}
}

func oneOf(words ...string) check {
	return func(value any) bool {
		for _, word := range words {
			if value == word {
				return true
			}
		}
		return false
	}
}

func isText(value any) bool {
	text, ok := value.(string)
	return ok && (len(text) <= 4096 || len(utf16.Encode([]rune(text))) <= 4096)
}

func isTexts(value any) bool {
	list, ok := value.([]any)
	for _, one := range list {
		ok = ok && isText(one)
	}
	return ok
}

func isCount(value any) bool {
	n, ok := value.(int64)
	return ok && n >= 0
}

// isDays: a retention, at most a hundred years.
func isDays(value any) bool {
	n, ok := value.(int64)
	return ok && n >= 0 && n <= 36500
}

func mapOf(inner check) check {
	return func(value any) bool {
		fields, ok := value.(object)
		for _, one := range fields {
			ok = ok && inner(one)
		}
		return ok
	}
}

var timeForm = matches(`\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z`)

func isTime(value any) bool {
	if !timeForm(value) {
		return false
	}
	_, err := time.Parse("2006-01-02T15:04:05.000Z", value.(string))
	return err == nil
}

var (
	isDigest = matches(`[0-9a-f]{64}`)
	isID     = matches(`[0-9a-f]{32}`)
	isName   = matches(`[0-9A-Za-z._:+/=-]{1,128}`)
	isBase64 = matches(`[0-9A-Za-z+/]{1,512}={0,2}`)
	cats     = mapOf(mapOf(isCount))
)

type field struct {
	name  string
	is    check
	maybe bool
}

func must(name string, is check) field { return field{name, is, false} }
func may(name string, is check) field  { return field{name, is, true} }

var common = []field{
	must("t", isTime), must("inst", isName), must("boot", isName), must("iseq", isCount), must("iprev", isDigest),
}

var kinds = map[string][]field{
	"intent": {
		must("tid", isID), must("attempt", isCount), must("client", isText), must("provider", isText),
		must("purpose", isText), must("class", oneOf("eea", "adequate", "third")), must("countries", isTexts),
		must("ground", isTexts), must("ground_ref", isTexts), must("verdict", oneOf("allow", "treat")),
		must("rules", isTexts), must("cats", cats), must("bundle", isDigest), must("engine", isText),
		must("method", isText), must("media", isText), must("bytes", isCount), may("stream", isText),
		may("orders", isCount),
		must("out", isDigest), must("detail", isDigest),
	},
	"outcome": {
		must("tid", isID), must("attempt", isCount), must("intent", isCount),
		must("end", oneOf("delivered", "provider_error", "not_sent", "aborted", "unknown")),
		may("status", isCount), must("sent", isCount), must("restored", isCount), must("corrected", isCount),
		must("unresolved", isCount), must("clear", isCount), may("answer", isDigest),
	},
	"refusal": {
		must("tid", isID), must("client", isText), must("provider", isText), must("purpose", isText),
		must("code", matches(`[A-Z][A-Z0-9_]{1,63}`)), must("rules", isTexts), must("cats", cats),
		must("bundle", isDigest), must("engine", isText),
		may("orders", isCount),
	},
	"genesis": {must("origin", isText), may("enrol", isText)},
	"boot": {
		must("key", isBase64), must("cert", isBase64), must("engine", isText), must("settings", mapOf(isText)),
	},
	"policy": {
		must("bundle", isDigest), must("by", isText),
		may("act", oneOf("activated", "approved", "opinion", "rolled_back", "withdrawn")), may("roles", isTexts),
		may("why", isText), may("from", isText), may("opinion", oneOf("favourable", "unfavourable")),
		may("jws", isText), may("nonce", isText),
	},
	"override": {
		must("act", oneOf("suspended", "resumed", "lifted", "ended")), must("by", isText), must("roles", isTexts),
		must("why", isText), may("provider", isText), may("client", isText), may("purpose", isText),
		may("rule", isText), may("says", isDigest), may("until", isText), may("nonce", isText), may("jws", isText),
	},
	"key": {
		must("act", isText), must("subject", isText), must("by", isText), may("kid", isText), may("x", isText),
		may("why", isText), may("old", isText), may("new", isText), may("sig", isBase64), may("proof", isBase64),
	},
	"erasure": {must("ground", isText), must("by", isText), must("count", isCount)},
	"config": {
		must("act", oneOf("retention", "hold.placed", "hold.lifted")), must("by", isText), may("roles", isTexts),
		may("why", isText), may("days", isDays), may("hold", isID),
	},
	"prune": {
		must("by", isText), must("from", isCount), must("to", isCount), must("before", isTime), must("days", isDays),
		must("count", isCount),
	},
	"shard_link": {must("prev", isText), must("size", isCount), must("root", isDigest), must("base", isCount)},
	"recover": {
		must("by", isText), must("why", isText), must("from", isCount), must("to", isCount), must("root", isDigest),
	},
	"access": {
		must("who", isText), must("roles", isTexts), must("act", isText), may("filter", isText),
		must("count", isCount),
	},
}

// readRecord reads a leaf; the error names a key, never a value.
func readRecord(body []byte) (object, error) {
	value, err := readCanonical(body)
	if err != nil {
		return nil, err
	}
	record, ok := value.(object)
	if !ok {
		return nil, errors.New("not an object")
	}
	if record["v"] != int64(1) {
		return nil, errors.New("unknown version")
	}
	kind, _ := record["k"].(string)
	fields, ok := kinds[kind]
	if !ok {
		return nil, errors.New("unknown kind")
	}
	seen := 2
	for _, list := range [][]field{common, fields} {
		for _, one := range list {
			value, there := record[one.name]
			if there {
				seen++
			}
			if there && !one.is(value) || !there && !one.maybe {
				return nil, fmt.Errorf("%s: %s", kind, one.name)
			}
		}
	}
	if len(record) != seen {
		return nil, fmt.Errorf("%s: a key that is not in the table", kind)
	}
	return record, nil
}

func (o object) text(key string) string {
	text, _ := o[key].(string)
	return text
}

func (o object) number(key string) int64 {
	n, _ := o[key].(int64)
	return n
}

// unbase64 takes standard base 64 in its one spelling.
func unbase64(text string) []byte {
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || base64.StdEncoding.EncodeToString(data) != text {
		return nil
	}
	return data
}

// bootKey is the public key of a boot if the enrolment key certified it, else nil.
func bootKey(record object, enrol ed25519.PublicKey) ed25519.PublicKey {
	cert, spki := unbase64(record.text("cert")), unbase64(record.text("key"))
	message := fmt.Sprintf(`{"boot":"%s","inst":"%s","key":"%s","what":"douane-boot-v1"}`,
		record.text("boot"), record.text("inst"), record.text("key"))
	if len(cert) != ed25519.SignatureSize || !ed25519.Verify(enrol, []byte(message), cert) {
		return nil
	}
	key, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		return nil
	}
	public, _ := key.(ed25519.PublicKey)
	return public
}

// seal is a line of batches.jsonl: one instance vouches for n leaves from first on.
type seal struct {
	batch, inst, boot   string
	first, firstIseq, n int64
	sig                 []byte
}

const maxBatch = 4096

func readSeal(line []byte) (*seal, error) {
	value, err := readCanonical(line)
	if err != nil {
		return nil, err
	}
	o, ok := value.(object)
	if !ok || strings.Join(keysOf(o), ",") != "batch,boot,first,firstIseq,inst,n,sig" {
		return nil, errors.New("seal: its keys")
	}
	for _, key := range []string{"batch", "boot", "inst"} {
		ok = ok && isName(o[key])
	}
	for _, key := range []string{"first", "firstIseq", "n"} {
		ok = ok && isCount(o[key])
	}
	sig := unbase64(o.text("sig"))
	n := o.number("n")
	if !ok || sig == nil || !isBase64(o["sig"]) || n < 1 || n > maxBatch {
		return nil, errors.New("seal: a value of the wrong form")
	}
	return &seal{
		o.text("batch"), o.text("inst"), o.text("boot"), o.number("first"), o.number("firstIseq"), n, sig,
	}, nil
}

// holds: the instance's key of that boot signed exactly these leaves at this place of its chain.
func (s *seal) holds(stream string, hashes [][32]byte, key ed25519.PublicKey) bool {
	if len(s.sig) != ed25519.SignatureSize {
		return false
	}
	message := make([]byte, 0, 256+67*len(hashes))
	message = append(message, `{"batch":"`+s.batch+`","boot":"`+s.boot+`","firstIseq":`...)
	message = strconv.AppendInt(message, s.firstIseq, 10)
	message = append(message, `,"hashes":[`...)
	for i, hash := range hashes {
		if i > 0 {
			message = append(message, ',')
		}
		message = append(message, '"')
		message = append(message, hex.EncodeToString(hash[:])...)
		message = append(message, '"')
	}
	message = append(message, `],"inst":"`+s.inst+`","n":`...)
	message = strconv.AppendInt(message, int64(len(hashes)), 10)
	message = append(message, `,"stream":"`+stream+`"}`...)
	return ed25519.Verify(key, message, s.sig)
}

// readableLine is a leaf as a line for people: what is not printable ASCII as escaped UTF-16 units.
func readableLine(index int64, hash [32]byte, body []byte) []byte {
	if len(body) == 0 {
		return fmt.Appendf(nil, `{"index":%d,"hash":"%x","pruned":true}`, index, hash)
	}
	out := make([]byte, 0, len(body)+128)
	out = append(out, `{"index":`...)
	out = strconv.AppendInt(out, index, 10)
	out = append(out, `,"hash":"`+hex.EncodeToString(hash[:])+`","record":`...)
	if printableASCII(body) {
		out = append(out, body...)
	} else {
		for _, unit := range utf16.Encode([]rune(string(body))) {
			if unit >= 0x20 && unit <= 0x7e {
				out = append(out, byte(unit))
			} else {
				out = fmt.Appendf(out, `\u%04x`, unit)
			}
		}
	}
	return append(out, '}')
}

func printableASCII(data []byte) bool {
	for _, c := range data {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return true
}
