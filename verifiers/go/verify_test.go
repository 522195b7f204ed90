package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const fixture = "../testdata/bundle"

func pinOf(t testing.TB) []byte {
	t.Helper()
	text, err := os.ReadFile("../testdata/pin")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// bundleCopy is a copy of the fixture, without the sums of its files: what is found is found by the log itself.
func bundleCopy(t testing.TB) string {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir(fixture, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		under, _ := filepath.Rel(fixture, path)
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, under), 0o700)
		}
		data, err := os.ReadFile(path)
		if err != nil || under == "SHA256SUMS" {
			return err
		}
		return os.WriteFile(filepath.Join(to, under), data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestBundleAsExported(t *testing.T) {
	report := Verify(fixture, pinOf(t), Asked{})
	if report.Exit() != 0 || report.Open != 1 {
		t.Fatalf("exit %d, open %d: %v", report.Exit(), report.Open, report.Findings)
	}
}

func TestExitCodes(t *testing.T) {
	pin := string(pinOf(t))
	logPin := ""
	for _, line := range strings.Split(pin, "\n") {
		if strings.Contains(line, "/transfers+") {
			logPin = line
		}
	}
	for _, row := range []struct {
		name, pin string
		dir       string
		exit      int
	}{
		{"pinned", pin, fixture, 0},
		{"the log's key alone", logPin, fixture, 0},
		{"no pin", "", fixture, 3},
		{"a pin that is none", "hello", fixture, 3},
		{"two logs", pin + logPin + "\n", fixture, 3},
		{"another key id", strings.Replace(logPin, "transfers+", "transfers+0", 1), fixture, 3},
		{"no folder", pin, fixture + "/nothing", 2},
		{"an empty folder", pin, t.TempDir(), 2},
	} {
		if got := Verify(row.dir, []byte(row.pin), Asked{}).Exit(); got != row.exit {
			t.Errorf("%s: exit %d, not %d", row.name, got, row.exit)
		}
	}
}

func TestEveryBitOfARecord(t *testing.T) {
	dir, pin := bundleCopy(t), pinOf(t)
	path := filepath.Join(dir, "log/tile/entries/000.p/7")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entries, _ := readEntries(data)
	leaf := entries[3]
	from := bytes.Index(data, leaf)
	for bit := 0; bit < len(leaf)*8; bit++ {
		data[from+bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if exit := Verify(dir, pin, Asked{}).Exit(); exit != 1 {
			t.Fatalf("bit %d: exit %d", bit, exit)
		}
		data[from+bit/8] ^= 1 << (bit % 8)
	}
}

func TestCanonicalSpellings(t *testing.T) {
	for _, text := range []string{`{}`, `[]`, `{"a":1,"b":[true,false,"x"]}`, `"\u0000\b\u001f"`, `"é\u001b"`, `-1`, `9007199254740991`} {
		if _, err := readCanonical([]byte(text)); err != nil {
			t.Errorf("%s is canonical", text)
		}
	}
	for _, text := range []string{
		``, ` {}`, `{} `, `{"b":1,"a":1}`, `{"a":1,"a":1}`, `1.0`, `1e3`, `-0`, `01`, `+1`, `null`, `9007199254740992`,
		`"\u00e9"`, `"\/"`, `"\u0008"`, `"\u001B"`, `"\ud800"`, "\"\xff\"", "\"\x01\"", `{"a":1,}`, `[1,]`, `[`, `{"a"`, `"a`,
		strings.Repeat("[", 33) + strings.Repeat("]", 33),
	} {
		if _, err := readCanonical([]byte(text)); err == nil {
			t.Errorf("%q is not canonical", text)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"a":[1,"b",true]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if value, err := readCanonical(data); err == nil && value == nil {
			t.Fatal("nothing was read without an error")
		}
	})
}

func FuzzLeaves(f *testing.F) {
	f.Add([]byte("\x00\x02{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, _ := readEntries(data)
		for _, body := range entries {
			_, _ = readRecord(body)
			_, _ = readSeal(body)
		}
		_, _ = readCheckpoint(string(data))
		_, _ = openJWS(data, "x")
		_, _ = readPins(data)
	})
}

// signed are the files that a forger who corrects the sums could bend.
var signed = []string{
	"checkpoint.tsq", "checkpoint.tsr", "checkpoint.p7s", "checkpoint.jws",
	"keys/chain.pem", "keys/root.pem", "keys/tsa-root.pem",
}

func fileOf(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCertifiedAndStamped(t *testing.T) {
	root, tsa := fileOf(t, "../testdata/root.pem"), fileOf(t, "../testdata/tsa-root.pem")
	for _, row := range []struct {
		name  string
		asked Asked
		exit  int
	}{
		{"both roots", Asked{Root: root, StampRoot: tsa}, 0},
		{"the root of the other", Asked{Root: tsa}, 1},
		{"the authority of the other", Asked{StampRoot: root}, 1},
		{"no certificate", Asked{StampRoot: []byte("hello")}, 3},
	} {
		if got := Verify(fixture, pinOf(t), row.asked).Exit(); got != row.exit {
			t.Errorf("%s: exit %d, not %d", row.name, got, row.exit)
		}
	}
}

func TestEachByteOfWhatIsSigned(t *testing.T) {
	dir := bundleCopy(t)
	head := &head{text: string(fileOf(t, filepath.Join(dir, "checkpoint.txt")))}
	exit := func() int {
		v := &verifier{dir: dir}
		v.checkStamped(head, v.checkCertified(head, nil), nil)
		return v.report.Exit()
	}
	if got := exit(); got != 0 {
		t.Fatalf("exit %d", got)
	}
	for _, path := range signed {
		file := filepath.Join(dir, path)
		data := fileOf(t, file)
		for at := range data {
			bent := append([]byte(nil), data...)
			bent[at] ^= 1 << (at % 8)
			if err := os.WriteFile(file, bent, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := exit(); got != 1 {
				t.Errorf("byte %d of %s: exit %d", at, path, got)
			}
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
