package main

import (
	"bytes"
	"errors"
	"sort"
	"strconv"
	"strings"
)

// DER (X.690 §10), as much as CMS and time-stamps need: read to the letter, and written the one way there is, so that
// what was read can be written again and compared.

const (
	tagBoolean  = 0x01
	tagInteger  = 0x02
	tagBits     = 0x03
	tagOctets   = 0x04
	tagNull     = 0x05
	tagOID      = 0x06
	tagUTCTime  = 0x17
	tagTime     = 0x18
	tagSequence = 0x30
	tagSet      = 0x31
)

var errNotDER = errors.New("not of the form that was asked for")

type derValue struct {
	tag            byte
	content, whole []byte
}

// derReader remembers its first fault; after it all that is read is empty.
type derReader struct{ err error }

func (r *derReader) need(right bool) bool {
	if !right && r.err == nil {
		r.err = errNotDER
	}
	return r.err == nil
}

func (r *derReader) one(data []byte) derValue {
	if !r.need(len(data) >= 2 && data[0]&0x1f != 0x1f) {
		return derValue{}
	}
	at, length := 2, int(data[1])
	if length >= 0x80 {
		count := length & 0x7f
		if !r.need(count >= 1 && count <= 4 && len(data) >= 2+count && data[2] != 0) {
			return derValue{}
		}
		length = 0
		for _, digit := range data[2 : 2+count] {
			length = length<<8 | int(digit)
		}
		at += count
		// the shortest form there is
		if !r.need(length >= 0x80) {
			return derValue{}
		}
	}
	if !r.need(len(data)-at >= length) {
		return derValue{}
	}
	return derValue{data[0], data[at : at+length], data[:at+length]}
}

// values are side by side, to the last byte.
func (r *derReader) values(data []byte) []derValue {
	var out []derValue
	for len(data) > 0 && r.err == nil {
		one := r.one(data)
		out = append(out, one)
		data = data[len(one.whole):]
	}
	return out
}

// members are at least so many values in a value of that tag; what is missing is empty.
func (r *derReader) members(value derValue, tag byte, least int) []derValue {
	var out []derValue
	if r.need(value.tag == tag) {
		out = r.values(value.content)
	}
	r.need(len(out) >= least)
	for len(out) < least {
		out = append(out, derValue{})
	}
	return out
}

// only is the one value in a value of that tag.
func (r *derReader) only(value derValue, tag byte) derValue {
	out := r.members(value, tag, 1)
	r.need(len(out) == 1)
	return out[0]
}

// single is the one value that these bytes are.
func (r *derReader) single(data []byte, tag byte) derValue {
	out := r.values(data)
	if !r.need(len(out) == 1 && out[0].tag == tag) {
		return derValue{}
	}
	return out[0]
}

func (r *derReader) content(value derValue, tag byte) []byte {
	r.need(value.tag == tag)
	return value.content
}

func writeDER(tag byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	head := []byte{tag}
	if len(body) < 0x80 {
		head = append(head, byte(len(body)))
	} else {
		var digits []byte
		for left := len(body); left > 0; left >>= 8 {
			digits = append([]byte{byte(left)}, digits...)
		}
		head = append(append(head, 0x80|byte(len(digits))), digits...)
	}
	return append(head, body...)
}

func sequence(parts ...[]byte) []byte { return writeDER(tagSequence, parts...) }

// setOf: the members of a SET OF are in order of their encodings (X.690 §11.6).
func setOf(tag byte, parts ...[]byte) []byte {
	sorted := append([][]byte(nil), parts...)
	sort.Slice(sorted, func(i, j int) bool { return bytes.Compare(sorted[i], sorted[j]) < 0 })
	return writeDER(tag, sorted...)
}

func smallInteger(n byte) []byte { return writeDER(tagInteger, []byte{n}) }

func oid(dotted string) []byte {
	var arcs []int
	for _, part := range strings.Split(dotted, ".") {
		n, _ := strconv.Atoi(part)
		arcs = append(arcs, n)
	}
	var out []byte
	for _, arc := range append([]int{arcs[0]*40 + arcs[1]}, arcs[2:]...) {
		septets := []byte{byte(arc & 0x7f)}
		for left := arc >> 7; left > 0; left >>= 7 {
			septets = append([]byte{byte(left&0x7f) | 0x80}, septets...)
		}
		out = append(out, septets...)
	}
	return writeDER(tagOID, out)
}
