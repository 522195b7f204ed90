package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

const maxSmall = 1 << 20

// readSmall reads a file of the bundle: regular, and not larger than it may be. Nil if it is not to be had.
func (v *verifier) readSmall(path string, most int64) []byte {
	full := filepath.Join(v.dir, filepath.FromSlash(path))
	at, err := os.Lstat(full)
	switch {
	case err != nil:
		v.report.add(Incomplete, path, "is missing")
	case !at.Mode().IsRegular() || at.Size() > most:
		v.report.add(Tampered, path, "is not a file of the size it may have")
	default:
		data, err := os.ReadFile(full)
		if err != nil {
			v.report.add(Undecided, path, "cannot be read")
			return nil
		}
		if data == nil {
			data = []byte{}
		}
		return data
	}
	return nil
}

func (v *verifier) isFile(path string) bool {
	at, err := os.Lstat(filepath.Join(v.dir, filepath.FromSlash(path)))
	return err == nil && at.Mode().IsRegular()
}

func (v *verifier) exists(path string) bool {
	_, err := os.Lstat(filepath.Join(v.dir, filepath.FromSlash(path)))
	return err == nil
}

// lines gives the lines of a file one by one; a line longer than most ends it.
type lines struct {
	file *os.File
	from *bufio.Reader
	done bool
}

func (v *verifier) openLines(path string, most int) *lines {
	if !v.isFile(path) {
		v.report.add(Incomplete, path, "is missing")
		return nil
	}
	file, err := os.Open(filepath.Join(v.dir, filepath.FromSlash(path)))
	if err != nil {
		v.report.add(Undecided, path, "cannot be read")
		return nil
	}
	return &lines{file: file, from: bufio.NewReaderSize(file, most)}
}

// next is valid until the following call. A last line without its line feed carries a zero byte, so it is no line.
func (l *lines) next() ([]byte, bool) {
	if l.done {
		return nil, false
	}
	line, err := l.from.ReadSlice('\n')
	if err == nil {
		return line[:len(line)-1], true
	}
	l.done = true
	l.file.Close()
	if err == io.EOF && len(line) > 0 {
		return append(append([]byte{}, line...), 0), true
	}
	return nil, false
}

func safePath(path string) bool {
	if path == "" || utf8.RuneCountInString(path) > 1024 || !utf8.ValidString(path) {
		return false
	}
	for _, r := range path {
		if r == '\\' || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co) {
			return false
		}
	}
	for _, part := range strings.Split(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

func printable(text string) string {
	out := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return '?'
		}
		return r
	}, text)
	if len(out) > 200 {
		out = out[:200]
	}
	return out
}

func shaOf(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Where an export has its own files: none of them is left out of the list. What a desktop adds begins with a dot.
var ofExport = regexp.MustCompile(`(?s)^(?:(?:(?:log|access)(?:-[^/]+)?|keys|views|policies|policy-parts)/(?:.+/)?[^./][^/]*|MANIFEST\.json|VERIFY\.md|checkpoint\.[^/]+|(?:entries|batches)\.jsonl)$`)

var sumLine = regexp.MustCompile(`^([0-9a-f]{64})  (.+)$`)

// checkSums is the transport check: every file there and as it was written. It proves nothing against a forger.
func (v *verifier) checkSums() map[string]string {
	listed := map[string]string{}
	text := v.readSmall("SHA256SUMS", 1<<28)
	if text == nil {
		return listed
	}
	if !utf8.Valid(text) {
		v.report.add(Tampered, "SHA256SUMS", "cannot be read")
	}
	for i, line := range strings.Split(string(text), "\n") {
		found := sumLine.FindStringSubmatch(line)
		if found != nil && safePath(found[2]) && listed[found[2]] == "" {
			listed[found[2]] = found[1]
		} else if line != "" || i == 0 {
			v.report.add(Tampered, "SHA256SUMS", fmt.Sprintf("line %d cannot be read", i+1))
		}
	}
	if !bytes.HasSuffix(text, []byte("\n")) || bytes.HasSuffix(text, []byte("\n\n")) {
		v.report.add(Tampered, "SHA256SUMS", "does not end as it should")
	}
	there := map[string]bool{}
	err := filepath.WalkDir(v.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			under, _ := filepath.Rel(v.dir, path)
			there[filepath.ToSlash(under)] = true
		}
		return nil
	})
	if err != nil {
		v.report.add(Undecided, "bundle", "a file or folder of it cannot be read")
		return listed
	}
	for _, path := range keysOf(listed) {
		if !there[path] {
			v.report.add(Incomplete, path, "is missing")
		} else if !v.isFile(path) {
			v.report.add(Tampered, path, "is not a plain file")
		} else if sum, err := shaOf(filepath.Join(v.dir, filepath.FromSlash(path))); err != nil {
			v.report.add(Undecided, path, "cannot be read")
		} else if sum != listed[path] {
			v.report.add(Tampered, path, "is not as it was exported")
		}
	}
	for path := range there {
		if _, ok := listed[path]; ok || path == "SHA256SUMS" {
			continue
		}
		if ofExport.MatchString(path) {
			v.report.add(Tampered, printable(path), "is not listed in SHA256SUMS")
		} else {
			v.report.add(Note, printable(path), "is not listed in SHA256SUMS and was not looked at")
		}
	}
	return listed
}

func keysOf[V any](of map[string]V) []string {
	out := make([]string, 0, len(of))
	for key := range of {
		out = append(out, key)
	}
	sort.Strings(out)
	return out
}

var policyPath = regexp.MustCompile(`^policies/([0-9a-f]{64})/(.+)$`)

// checkPolicies: a policy is named by its digest, SHA-256 over the canonical list of [path, SHA-256 of the file].
func (v *verifier) checkPolicies(listed map[string]string) {
	policies := map[string][][2]string{}
	for path, sum := range listed {
		if found := policyPath.FindStringSubmatch(path); found != nil {
			policies[found[1]] = append(policies[found[1]], [2]string{found[2], sum})
		}
	}
	for digest, files := range policies {
		sort.Slice(files, func(a, b int) bool { return lessUTF16(files[a][0], files[b][0]) })
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if encoder.Encode(files) != nil {
			continue
		}
		// JSON needs no escape for the two separators, and no path holds a backslash of its own.
		list := strings.NewReplacer("\\u2028", "\u2028", "\\u2029", "\u2029").Replace(text.String())
		sum := sha256.Sum256([]byte(strings.TrimSuffix(list, "\n")))
		if hex.EncodeToString(sum[:]) != digest {
			v.report.add(Tampered, "policies/"+digest, "is not the policy of this digest")
		}
	}
}
