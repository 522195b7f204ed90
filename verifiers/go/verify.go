package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
	"unicode"
)

type verifier struct {
	dir string
	// earlier is a checkpoint that the auditor holds; nil: none.
	earlier []byte
	met     bool
	report  Report
}

var (
	evidence = logFolder{"evidence", "log", "", "keys/log.rotations.jsonl"}
	access   = logFolder{"access", "access", "access/", "keys/access.rotations.jsonl"}
)

// Asked is what an auditor asks besides, each the text of a file that did not come with the bundle; nil asks nothing.
type Asked struct {
	// Roots (PEM) of the certificates that signed the head, and of the time-stamping authority.
	Root, StampRoot []byte
	// Witnesses says which must have cosigned (C2SP tlog-policy).
	Witnesses []byte
	// Earlier is a signed checkpoint from which the log must have grown.
	Earlier []byte
}

// Verify checks the bundle in dir. It believes the pinned keys and arithmetic, nothing that the bundle says of
// itself, and never ends with 0 if a check was left out.
func Verify(dir string, pinText []byte, given Asked) *Report {
	v := &verifier{dir: dir, earlier: given.Earlier}
	pins, err := readPins(pinText)
	if err != nil {
		v.report.add(Undecided, "pin", "cannot be read: it must hold one vkey a line")
		return &v.report
	}
	roots, err := readRoots(given.Root)
	if err != nil {
		v.report.add(Undecided, "pin-root", "cannot be read: it must hold certificates in PEM")
		return &v.report
	}
	stampRoots, err := readRoots(given.StampRoot)
	if err != nil {
		v.report.add(Undecided, "pin-tsa", "cannot be read: it must hold certificates in PEM")
		return &v.report
	}
	var asked *quorum
	if given.Witnesses != nil {
		if asked, err = readQuorum(given.Witnesses); err != nil {
			v.report.add(Undecided, "witnesses", "cannot be read: "+err.Error())
			return &v.report
		}
	}
	var log *pin
	count := 0
	for _, one := range pins {
		if strings.HasSuffix(one.Name(), "/transfers") {
			log = one
			count++
		}
	}
	if count != 1 {
		v.report.add(Undecided, "pin", "must hold the key of one log (NAME/transfers) that was obtained before")
		return &v.report
	}
	if at, err := os.Lstat(dir); err != nil || !at.IsDir() {
		v.report.add(Incomplete, "bundle", "is not a folder")
		return &v.report
	}
	v.checkFolder(pins, log, roots, stampRoots, asked)
	if given.Earlier != nil && !v.met {
		v.report.add(Undecided, "earlier", "is of no log of this bundle")
	}
	return &v.report
}

func pinned(pins []*pin, name string) *pin {
	for _, one := range pins {
		if one.Name() == name {
			return one
		}
	}
	return nil
}

func (v *verifier) checkFolder(pins []*pin, log *pin, roots, stampRoots []*certificate, asked *quorum) {
	name := strings.TrimSuffix(log.Name(), "/transfers")
	enrolPin := pinned(pins, name+"/enrol")
	v.checkPolicies(v.checkSums())

	var heads []*head
	if trees, newest, enrol := v.checkLog(evidence, log, enrolPin); trees != nil {
		heads = append(heads, trees...)
		last := trees[len(trees)-1]
		v.checkCopies(last, newest, enrol)
		if asked != nil {
			v.checkWitnessed(last.note, last.text, asked)
		}
		v.checkStamped(last, v.checkCertified(last, roots), stampRoots)
	}
	hasAccess := v.exists("access")
	if accessPin := pinned(pins, name+"/access"); hasAccess && accessPin == nil {
		v.report.add(Undecided, "access", "the key of the access log is not pinned")
	} else if hasAccess {
		trees, _, _ := v.checkLog(access, accessPin, enrolPin)
		heads = append(heads, trees...)
	}
	for _, folder := range v.checkManifest(heads) {
		if folder == "access" && !hasAccess {
			v.report.add(Incomplete, "access", "is missing")
		}
	}
}

// checkCopies: the convenience copies at the top must be of the signed head and the keys that count.
func (v *verifier) checkCopies(h *head, log, enrol *pin) {
	if text := v.readSmall("checkpoint.txt", maxSmall); text != nil && string(text) != h.text {
		v.report.add(Tampered, "checkpoint.txt", "is not the text of the checkpoint")
	}
	if sig := v.readSmall("checkpoint.note.sig", maxSmall); sig != nil && !bytes.Equal(sig, h.sig) {
		v.report.add(Tampered, "checkpoint.note.sig", "is not the signature of the checkpoint")
	}
	const notOurs = "is not the key that counts"
	if data := v.readSmall("keys/log.pub.pem", maxSmall); data != nil && !isPEM(data, log.key) {
		v.report.add(Tampered, "keys/log.pub.pem", notOurs)
	}
	for path, expected := range map[string]*pin{"keys/log.vkey": log, "keys/enrol.vkey": enrol} {
		data := v.readSmall(path, maxSmall)
		if data == nil || expected == nil {
			continue
		}
		found, err := readVkey(strings.TrimSuffix(string(data), "\n"))
		if err != nil || !found.same(expected) {
			v.report.add(Tampered, path, notOurs)
		}
	}
}

func isPEM(data []byte, expected ed25519.PublicKey) bool {
	block, _ := pem.Decode(data)
	if block == nil || block.Type != "PUBLIC KEY" {
		return false
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	return err == nil && expected.Equal(key)
}

// checkManifest gives the folders that it names.
func (v *verifier) checkManifest(heads []*head) []string {
	const path = "MANIFEST.json"
	data := v.readSmall(path, maxSmall)
	if data == nil {
		return nil
	}
	value, err := readCanonical(bytes.TrimRightFunc(data, unicode.IsSpace))
	if err != nil {
		v.report.add(Tampered, path, "cannot be read")
		return nil
	}
	manifest, _ := value.(object)
	if manifest.text("format") != "douane-audit-bundle-v1" {
		v.report.add(Undecided, path, "is of a form that this version does not know")
		return nil
	}
	logs, ok := manifest["logs"].([]any)
	if !ok {
		v.report.add(Tampered, path, "cannot be read")
		return nil
	}
	said := map[string]bool{}
	var folders []string
	for _, one := range logs {
		log, _ := one.(object)
		said[fmt.Sprint(log.text("origin"), " ", log.number("size"), " ", log.text("root"))] = true
		folders = append(folders, log.text("folder"))
	}
	for _, h := range heads {
		if !said[fmt.Sprint(h.origin, " ", h.size, " ", hex.EncodeToString(h.root[:]))] {
			v.report.add(Tampered, path, "does not say what the checkpoint says")
		}
	}
	return folders
}
