package main

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// The canonical form of the log is RFC 8785 narrowed to objects, arrays, strings, booleans and safe integers. It
// has one spelling for each value, so it is read by a parser that accepts that spelling alone.

var errNotCanonical = errors.New("not in canonical form")

const (
	maxDepth = 32
	maxSafe  = 1<<53 - 1
)

type object map[string]any

type reader struct {
	data []byte
	at   int
}

// readCanonical gives object, []any, string, bool or int64.
func readCanonical(data []byte) (any, error) {
	r := &reader{data: data}
	value, err := r.value(0)
	if err == nil && r.at != len(data) {
		err = errNotCanonical
	}
	return value, err
}

func (r *reader) peek() byte {
	if r.at < len(r.data) {
		return r.data[r.at]
	}
	return 0
}

func (r *reader) take(c byte) bool {
	if r.at < len(r.data) && r.data[r.at] == c {
		r.at++
		return true
	}
	return false
}

func (r *reader) word(word string) bool {
	if len(r.data)-r.at >= len(word) && string(r.data[r.at:r.at+len(word)]) == word {
		r.at += len(word)
		return true
	}
	return false
}

func (r *reader) value(depth int) (any, error) {
	switch c := r.peek(); {
	case c == '"':
		return r.text()
	case c == '{' && depth < maxDepth:
		return r.object(depth + 1)
	case c == '[' && depth < maxDepth:
		return r.array(depth + 1)
	case c == '-' || c >= '0' && c <= '9':
		return r.integer()
	case r.word("true"):
		return true, nil
	case r.word("false"):
		return false, nil
	}
	return nil, errNotCanonical
}

func (r *reader) object(depth int) (any, error) {
	r.at++
	out := object{}
	if r.take('}') {
		return out, nil
	}
	for last := ""; ; {
		key, err := r.text()
		if err != nil || len(out) > 0 && !lessUTF16(last, key) || !r.take(':') {
			return nil, errNotCanonical
		}
		value, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		out[key] = value
		last = key
		if r.take('}') {
			return out, nil
		}
		if !r.take(',') {
			return nil, errNotCanonical
		}
	}
}

func (r *reader) array(depth int) (any, error) {
	r.at++
	out := []any{}
	if r.take(']') {
		return out, nil
	}
	for {
		value, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
		if r.take(']') {
			return out, nil
		}
		if !r.take(',') {
			return nil, errNotCanonical
		}
	}
}

func (r *reader) integer() (any, error) {
	from := r.at
	r.take('-')
	for r.peek() >= '0' && r.peek() <= '9' {
		r.at++
	}
	text := string(r.data[from:r.at])
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n > maxSafe || n < -maxSafe || strconv.FormatInt(n, 10) != text {
		return nil, errNotCanonical
	}
	return n, nil
}

// text reads a string with RFC 8785's escapes: the short ones where there is one, \u00xx for other controls.
func (r *reader) text() (string, error) {
	if !r.take('"') {
		return "", errNotCanonical
	}
	out := []byte{}
	for {
		from := r.at
		for r.at < len(r.data) && r.data[r.at] != '"' && r.data[r.at] != '\\' && r.data[r.at] >= 0x20 {
			r.at++
		}
		out = append(out, r.data[from:r.at]...)
		if r.take('"') {
			if !utf8.Valid(out) {
				return "", errNotCanonical
			}
			return string(out), nil
		}
		if !r.take('\\') || r.at >= len(r.data) {
			return "", errNotCanonical
		}
		c := r.data[r.at]
		r.at++
		switch c {
		case '"', '\\':
			out = append(out, c)
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			control, ok := r.control()
			if !ok {
				return "", errNotCanonical
			}
			out = append(out, control)
		default:
			return "", errNotCanonical
		}
	}
}

func (r *reader) control() (byte, bool) {
	if len(r.data)-r.at < 4 || r.data[r.at] != '0' || r.data[r.at+1] != '0' {
		return 0, false
	}
	high, low := r.data[r.at+2], r.data[r.at+3]
	r.at += 4
	var digit byte
	switch {
	case low >= '0' && low <= '9':
		digit = low - '0'
	case low >= 'a' && low <= 'f':
		digit = low - 'a' + 10
	default:
		return 0, false
	}
	if high != '0' && high != '1' {
		return 0, false
	}
	control := (high-'0')<<4 | digit
	switch control {
	case '\b', '\f', '\n', '\r', '\t':
		return 0, false
	}
	return control, true
}

// lessUTF16 orders keys as RFC 8785 §3.2.3 does.
func lessUTF16(a, b string) bool {
	if isASCII(a) && isASCII(b) {
		return a < b
	}
	x, y := utf16.Encode([]rune(a)), utf16.Encode([]rune(b))
	for i := 0; i < len(x) && i < len(y); i++ {
		if x[i] != y[i] {
			return x[i] < y[i]
		}
	}
	return len(x) < len(y)
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
