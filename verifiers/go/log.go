package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	maxEntries = tileWidth * (2 + 65535)
)

// pin is a vkey that the auditor got from somewhere else than the bundle.
type pin struct {
	line string
	note.Verifier
	key ed25519.PublicKey
}

func (p *pin) same(other *pin) bool { return p.Name() == other.Name() && p.key.Equal(other.key) }

func readVkey(line string) (*pin, error) {
	verifier, err := note.NewVerifier(line)
	if err != nil {
		return nil, err
	}
	// The name holds no plus sign, and base 64 may.
	parts := strings.SplitN(line, "+", 3)
	data := unbase64(parts[len(parts)-1])
	if len(data) != 1+ed25519.PublicKeySize || data[0] != 1 {
		return nil, errors.New("not an Ed25519 key")
	}
	return &pin{line, verifier, ed25519.PublicKey(data[1:])}, nil
}

// readPins: one vkey a line, empty lines and lines that begin with # aside.
func readPins(text []byte) ([]*pin, error) {
	var pins []*pin
	for _, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		one, err := readVkey(line)
		if err != nil {
			return nil, err
		}
		pins = append(pins, one)
	}
	return pins, nil
}

// head is a signed checkpoint.
type head struct {
	origin string
	size   int64
	root   tlog.Hash
	text   string
	sig    []byte // 64 bytes of the key
	note   []byte
}

// openHead believes a checkpoint only if one of the known keys, under the name of that very origin, signed it.
func (v *verifier) openHead(data []byte, origin string, known []*pin, path string) *head {
	verifiers := make([]note.Verifier, len(known))
	for i, key := range known {
		verifiers[i] = key.named(origin)
	}
	opened, err := openNote(data, verifiers)
	if err != nil {
		var unknown *note.UnverifiedNoteError
		if errors.As(err, &unknown) && !bytes.HasPrefix(data, []byte(origin+"\n")) {
			v.report.add(Undecided, path, "is of a log that is not pinned")
		} else {
			v.report.add(Tampered, path, "is not a checkpoint that the pinned key signed ("+errorKind(err)+")")
		}
		return nil
	}
	h, err := readCheckpoint(opened.Text)
	if err != nil {
		v.report.add(Tampered, path, "is not a signed checkpoint")
		return nil
	}
	if h.origin != origin {
		v.report.add(Tampered, path, "speaks of another log than its signature")
		return nil
	}
	h.sig = unbase64(opened.Sigs[0].Base64)[4:]
	h.note = data
	return h
}

const (
	maxNote       = 65536
	maxSignatures = 64
)

var errNote = errors.New("a note of more than it may hold, or that a key signed twice")

// openNote: x/mod drops a second signature of a known key without a look at it, and what nobody looked at is not believed.
func openNote(data []byte, known []note.Verifier) (*note.Note, error) {
	opened, err := note.Open(data, note.VerifierList(known...))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimSuffix(string(data[bytes.LastIndex(data, []byte("\n\n"))+2:]), "\n"), "\n")
	if len(data) > maxNote || len(lines) > maxSignatures {
		return nil, errNote
	}
	by := 0
	for _, line := range lines {
		parts := strings.Split(line, " ")
		blob := unbase64(parts[len(parts)-1])
		if len(parts) != 3 || len(blob) < 5 || !isKeyName(parts[1]) {
			return nil, errNote
		}
		for _, one := range known {
			if one.Name() == parts[1] && one.KeyHash() == binary.BigEndian.Uint32(blob) {
				by++
			}
		}
	}
	if by != len(opened.Sigs) {
		return nil, errNote
	}
	return opened, nil
}

// isKeyName: at most 256 characters, none of which is a space or unseen.
func isKeyName(name string) bool {
	for _, r := range name {
		if r == '+' || unicode.IsSpace(r) || unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.Cs, unicode.Co) {
			return false
		}
	}
	return name != "" && utf8.RuneCountInString(name) <= 256
}

// named is the same key under another name: that of a later tree.
func (p *pin) named(name string) *pin {
	line, err := note.NewEd25519VerifierKey(name, p.key)
	if err != nil {
		return p
	}
	other, err := readVkey(line)
	if err != nil {
		return p
	}
	return other
}

func errorKind(err error) string {
	var invalid *note.InvalidSignatureError
	var unknown *note.UnverifiedNoteError
	switch {
	case errors.As(err, &invalid):
		return "its signature does not hold"
	case errors.As(err, &unknown):
		return "another key signed"
	}
	return "not a signed note"
}

func readCheckpoint(text string) (*head, error) {
	lines := strings.Split(text, "\n")
	bad := errors.New("not a checkpoint")
	if len(lines) < 4 || lines[0] == "" || lines[len(lines)-1] != "" {
		return nil, bad
	}
	for _, extension := range lines[3 : len(lines)-1] {
		if extension == "" {
			return nil, bad
		}
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || size > maxSafe || strconv.FormatInt(size, 10) != lines[1] {
		return nil, bad
	}
	root := unbase64(lines[2])
	if len(root) != tlog.HashSize {
		return nil, bad
	}
	h := &head{origin: lines[0], size: size, text: text}
	copy(h.root[:], root)
	return h, nil
}

// tilePath is where C2SP tlog-tiles serves what x/mod calls tile/8/…
func tilePath(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), "tile/8/")
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

// readEntries takes a bundle apart; false if its bytes do not come out even.
func readEntries(data []byte) ([][]byte, bool) {
	var out [][]byte
	for len(data) > 0 {
		if len(data) < 2 {
			return nil, false
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		if end > len(data) {
			return nil, false
		}
		out = append(out, data[2:end])
		data = data[end:]
	}
	return out, true
}

// bundle reads the entry bundle n of a log; nil if the log cannot be read any further.
func (v *verifier) bundle(folder string, n, size int64) [][]byte {
	width := min64(tileWidth, size-n*tileWidth)
	path := folder + "/" + tilePath(tlog.Tile{H: tileHeight, L: -1, N: n, W: int(width)})
	data := v.readSmall(path, maxEntries)
	if data == nil {
		return nil
	}
	entries, even := readEntries(data)
	if !even || int64(len(entries)) != width {
		if even && int64(len(entries)) < width && (n+1)*tileWidth >= size {
			v.report.add(Incomplete, path, "has fewer records than the checkpoint covers")
		} else {
			v.report.add(Tampered, path, "does not hold the records it should")
		}
		return nil
	}
	return entries
}

func min64(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

// tileHashes are the hashes of the leaves of bundle n, if some of them have lost their bytes; the root proves them.
// False if nobody can know what was there.
func (v *verifier) tileHashes(folder string, n int64, entries [][]byte) ([]tlog.Hash, bool) {
	gone := false
	for _, body := range entries {
		gone = gone || len(body) == 0
	}
	if !gone {
		return nil, true
	}
	path := folder + "/" + tilePath(tlog.Tile{H: tileHeight, L: 0, N: n, W: len(entries)})
	data := v.readSmall(path, maxSmall)
	if data == nil {
		return nil, false
	}
	hashes := make([]tlog.Hash, len(entries))
	for i := range hashes {
		if (i+1)*tlog.HashSize <= len(data) {
			copy(hashes[i][:], data[i*tlog.HashSize:])
		}
	}
	return hashes, true
}

// enrolment is the key that certifies the first boots: the one that the signed log named at its beginning, else the pinned one.
func (v *verifier) enrolment(first [][]byte, pinned *pin) *pin {
	for _, body := range first {
		if !bytes.Contains(body, []byte(`"k":"genesis"`)) {
			continue
		}
		record, err := readRecord(body)
		if err != nil || record.text("k") != "genesis" || record["enrol"] == nil {
			continue
		}
		named, err := readVkey(record.text("enrol"))
		if err == nil {
			return named
		}
	}
	return pinned
}

// seals reads batches.jsonl alongside the leaves; a hole between seals is a fault, an end too soon is a lack.
type seals struct {
	lines  *lines
	path   string
	report *Report
	at     int64
	broken bool
}

func (s *seals) fail(level Level, what string) *seal {
	s.broken = true
	s.report.add(level, s.path, what)
	return nil
}

func (s *seals) next(index int64) *seal {
	if s.broken {
		return nil
	}
	line, ok := s.lines.next()
	if !ok {
		return s.fail(Incomplete, fmt.Sprintf("ends before record %d", index))
	}
	one, err := readSeal(line)
	if err != nil {
		return s.fail(Tampered, fmt.Sprintf("the seal at record %d cannot be read", index))
	}
	s.at = index + one.n
	if one.first != index {
		return s.fail(Tampered, fmt.Sprintf("the records from %d on have no seal", index))
	}
	return one
}

func (s *seals) end(size int64) {
	if s.broken {
		return
	}
	if _, more := s.lines.next(); s.at != size || more {
		s.fail(Tampered, "has more seals than the log has records")
	}
}

// storage is the tree in memory, as x/mod numbers its hashes: in pieces, so that it grows without being copied.
type storage struct{ pieces [][]tlog.Hash }

const pieceLength = 1 << 14

func (s *storage) add(hashes []tlog.Hash) {
	for _, hash := range hashes {
		if last := len(s.pieces) - 1; last < 0 || len(s.pieces[last]) == pieceLength {
			s.pieces = append(s.pieces, make([]tlog.Hash, 0, pieceLength))
		}
		last := len(s.pieces) - 1
		s.pieces[last] = append(s.pieces[last], hash)
	}
}

func (s *storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		piece, at := index/pieceLength, index%pieceLength
		if index < 0 || piece >= int64(len(s.pieces)) || at >= int64(len(s.pieces[piece])) {
			return nil, errors.New("no such hash")
		}
		out[i] = s.pieces[piece][at]
	}
	return out, nil
}

type logFolder struct{ stream, folder, beside, keys string }

// reading is what is known of a log after the trees that were read.
type reading struct {
	pinnedEnrol, enrol *pin
	announcements      [][]byte
	keys               []*pin
	records            *records
	place              int64
	before             *head
}

var shardName = regexp.MustCompile(`\A[0-9]{4}h[12](-[2-9])?\z`)

// treesIn are the trees of a log in order: log, and after it log-2027h1 …
func (v *verifier) treesIn(top string) []string {
	names := []string{""}
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		v.report.add(Undecided, "bundle", "cannot be read")
	}
	for _, entry := range entries {
		name, ok := strings.CutPrefix(entry.Name(), top+"-")
		if ok && entry.IsDir() && shardName.MatchString(name) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// checkLog goes through a log, its trees one after the other: their heads, the newest key and the enrolment key.
func (v *verifier) checkLog(at logFolder, pinned, pinnedEnrol *pin) ([]*head, *pin, *pin) {
	keys, announcements := v.followKeys(at.keys, pinned)
	r := &reading{pinnedEnrol: pinnedEnrol, enrol: pinnedEnrol, announcements: announcements, keys: keys}
	var heads []*head
	whole := true
	names := v.treesIn(at.folder)
	for i, name := range names {
		tree, origin, known := at, pinned.Name(), keys
		if name != "" {
			tree.folder, tree.beside = at.folder+"-"+name, at.folder+"-"+name+"/"
			origin += "/" + name
		}
		if i == len(names)-1 {
			known = keys[len(keys)-1:]
		}
		var h *head
		if h, whole = v.checkTree(tree, origin, known, r); h == nil {
			return nil, nil, nil
		}
		heads = append(heads, h)
		if !whole {
			break
		}
		r.before = h
	}
	if whole && r.records != nil {
		r.records.done()
	}
	if r.records != nil {
		r.enrol = r.records.enrol
	}
	return heads, keys[len(keys)-1], r.enrol
}

// placeOf is where a tree begins: the link of a later one must name the final head of the one before.
func (v *verifier) placeOf(entries [][]byte, folder string, r *reading) int64 {
	if r.before == nil {
		return r.place
	}
	var some [3]object
	for i := range some {
		if i < len(entries) {
			some[i], _ = readRecord(entries[i])
		}
	}
	at := 0
	if some[0].text("k") == "boot" {
		at = 1
	}
	link := some[at]
	if link.text("k") != "shard_link" {
		v.report.add(Tampered, folder, "does not begin with a link to the tree before")
		return r.place
	}
	b := r.before
	if link.text("prev") != b.origin || link.number("size") != b.size || link.text("root") != hex.EncodeToString(b.root[:]) {
		v.report.add(Tampered, folder, "begins with a link to another head than that of the tree before")
	}
	base := link.number("base")
	if recover := some[at+1]; recover.text("k") == "recover" {
		if recover.number("from") != r.place || recover.number("to") != base || base < r.place {
			v.report.add(Tampered, folder, "is a recovery from another place than where the tree before ends")
		} else {
			v.report.add(Incomplete, folder, fmt.Sprintf("records %d to %d may be missing: the database was restored", r.place, base-1))
		}
	} else if base != r.place {
		v.report.add(Tampered, folder, "begins at another place than where the tree before ends")
	}
	return base
}

// begin: the first records of the log say which enrolment key counts.
func (v *verifier) begin(entries [][]byte, at logFolder, r *reading) {
	if r.enrol = v.enrolment(entries, r.pinnedEnrol); r.enrol == nil {
		v.report.add(Undecided, at.folder, "no enrolment key is pinned or named by the log: seals were not checked")
	} else {
		r.records = newRecords(at.stream, r.enrol, r.pinnedEnrol, r.announcements, &v.report)
	}
}

// checkTree goes from the signed head of a tree down to each record; false if one of them was not read.
func (v *verifier) checkTree(at logFolder, origin string, known []*pin, r *reading) (*head, bool) {
	data := v.readSmall(at.folder+"/checkpoint", maxSmall)
	if data == nil {
		return nil, false
	}
	h := v.openHead(data, origin, known, at.folder+"/checkpoint")
	if h == nil {
		return nil, false
	}
	sealed := &seals{path: at.beside + "batches.jsonl", report: &v.report}
	sealed.lines = v.openLines(sealed.path, 1<<18)
	sealed.broken = sealed.lines == nil
	readablePath := at.beside + "entries.jsonl"
	readable := v.openLines(readablePath, 8*65536)
	different := readable == nil

	tree := &storage{}
	base := r.place
	var index int64
	var waiting *seal
	var bodies [][]byte
	var hashes [][32]byte
	for n := int64(0); n*tileWidth < h.size; n++ {
		entries := v.bundle(at.folder, n, h.size)
		if entries == nil {
			break
		}
		if n == 0 {
			base = v.placeOf(entries, at.folder, r)
			if r.before == nil {
				v.begin(entries, at, r)
			}
			if r.records != nil {
				r.records.shard(base)
			}
		}
		kept, ok := v.tileHashes(at.folder, n, entries)
		if !ok {
			break
		}
		for i, body := range entries {
			hash := tlog.RecordHash(body)
			if len(body) == 0 {
				hash = kept[i]
			}
			more, err := tlog.StoredHashesForRecordHash(index, hash, tree)
			if err != nil {
				v.report.add(Tampered, at.folder, "the tree cannot be built")
				return h, false
			}
			tree.add(more)
			if waiting == nil {
				waiting, bodies, hashes = sealed.next(base+index), nil, nil
			}
			if waiting != nil {
				bodies, hashes = append(bodies, body), append(hashes, hash)
				if int64(len(bodies)) == waiting.n {
					if r.records != nil {
						r.records.batch(waiting, bodies, hashes)
					}
					waiting = nil
				}
			}
			if !different {
				line, ok := readable.next()
				if different = !ok || !bytes.Equal(line, readableLine(base+index, hash, body)); different {
					v.report.add(Tampered, readablePath, fmt.Sprintf("line %d does not say what the record says", index+1))
				}
			}
			index++
		}
	}
	if mark := v.markIn(h, r.keys, at.folder+"/checkpoint"); mark != nil && mark.size <= index && rootOf(mark.size, tree) != mark.root {
		v.report.add(Tampered, at.folder+"/checkpoint", "and the checkpoint that you hold are two histories of one log")
	}
	v.checkTiles(at.folder, tree, index, index == h.size)
	r.place = base + h.size
	if index < h.size {
		return h, false
	}
	if root := rootOf(h.size, tree); root != h.root {
		v.report.add(Tampered, at.folder, "the records do not make the signed root")
	}
	if waiting != nil {
		v.report.add(Tampered, sealed.path, "the last seal covers records that are not there")
	} else {
		sealed.end(base + h.size)
	}
	if !different {
		if _, more := readable.next(); more {
			v.report.add(Tampered, readablePath, "has more lines than the log has records")
		}
	}
	return h, true
}

// markIn is the checkpoint that the auditor holds, if it is of this tree: the tree must have grown from it.
func (v *verifier) markIn(h *head, keys []*pin, path string) *head {
	if v.earlier == nil || !bytes.HasPrefix(v.earlier, []byte(h.origin+"\n")) {
		return nil
	}
	v.met = true
	verifiers := make([]note.Verifier, len(keys))
	for i, key := range keys {
		verifiers[i] = key.named(h.origin)
	}
	opened, err := openNote(v.earlier, verifiers)
	if err == nil {
		var mark *head
		if mark, err = readCheckpoint(opened.Text); err == nil {
			if mark.size > h.size {
				v.report.add(Incomplete, path, "is older than the checkpoint that you hold")
				return nil
			}
			return mark
		}
	}
	v.report.add(Undecided, "earlier", "is not signed by a key of this log")
	return nil
}

func rootOf(size int64, tree *storage) tlog.Hash {
	if size == 0 {
		return sha256.Sum256(nil)
	}
	root, err := tlog.TreeHash(size, tree)
	if err != nil {
		return tlog.Hash{}
	}
	return root
}

// checkTiles holds the tiles in the bundle against the tiles that the leaves make: the full ones, and the edge if
// every leaf was there.
func (v *verifier) checkTiles(folder string, tree *storage, size int64, whole bool) {
	for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
		if tile.W < tileWidth && !whole {
			continue
		}
		made, err := tlog.ReadTileData(tile, tree)
		path := folder + "/" + tilePath(tile)
		stored := v.readSmall(path, maxSmall)
		if stored != nil && (err != nil || !bytes.Equal(stored, made)) {
			v.report.add(Tampered, path, "is not the tile that the records make")
		}
	}
}
