package main

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
)

// A new key of a log is announced in the log by a record that the old key and the new one sign. A pin may be any key
// that the log has had: it is followed from there to the newest.

const maxRotations = 4096

func isRotation(record object) bool {
	return record.text("k") == "key" && record.text("act") == "log.rotated"
}

// enrolRotated is the act of a record, in the same form, that announces a new enrolment key.
const enrolRotated, instanceRevoked = "enrol.rotated", "instance.revoked"

// isOfKeys: records about the keys of the log and of those who write it are in either log.
func isOfKeys(record object) bool {
	act := record.text("act")
	return record.text("k") == "key" && (act == "log.rotated" || act == enrolRotated || act == instanceRevoked)
}

// readRotation gives both keys, or nil if one of the signatures does not hold.
func readRotation(record object) (old, next *pin) {
	old, err := readVkey(record.text("old"))
	if err != nil {
		return nil, nil
	}
	next, err = readVkey(record.text("new"))
	if err != nil || old.Name() != record.text("subject") || next.Name() != old.Name() || old.key.Equal(next.key) {
		return nil, nil
	}
	what := "douane-log-key-v1"
	if record.text("act") == enrolRotated {
		what = "douane-enrolment-key-v1"
	}
	message := []byte(fmt.Sprintf(`{"new":"%s","old":"%s","what":"%s"}`, next.line, old.line, what))
	sig, proof := unbase64(record.text("sig")), unbase64(record.text("proof"))
	if len(sig) != ed25519.SignatureSize || len(proof) != ed25519.SignatureSize {
		return nil, nil
	}
	if !ed25519.Verify(old.key, message, sig) || !ed25519.Verify(next.key, message, proof) {
		return nil, nil
	}
	return old, next
}

// followKeys gives all keys, the newest of which must have signed the newest head, and the records that announced it, as they must stand in
// the log.
func (v *verifier) followKeys(path string, by *pin) ([]*pin, [][]byte) {
	if !v.isFile(path) {
		return []*pin{by}, nil
	}
	file := v.openLines(path, 1<<16)
	if file == nil {
		return []*pin{by}, nil
	}
	var keys []*pin
	var announcements [][]byte
	for {
		line, ok := file.next()
		if !ok {
			break
		}
		record, err := readRecord(line)
		var old, next *pin
		if err == nil && isRotation(record) && len(keys) <= maxRotations {
			old, next = readRotation(record)
		}
		if next == nil || len(keys) > 0 && !keys[len(keys)-1].same(old) {
			v.report.add(Tampered, path, fmt.Sprintf("line %d does not announce the next key", len(announcements)+1))
			break
		}
		if len(keys) == 0 {
			keys = append(keys, old)
		}
		keys = append(keys, next)
		announcements = append(announcements, bytes.Clone(line))
	}
	for _, key := range keys {
		if key.same(by) {
			return keys, announcements
		}
	}
	if len(keys) > 0 {
		v.report.add(Tampered, path, "does not lead on from the pinned key")
	}
	return []*pin{by}, announcements
}
