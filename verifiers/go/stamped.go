package main

import (
	"bytes"
	"crypto/sha256"
)

// stampIn: the token in an answer (RFC 3161 §2.4.2) that says `granted` and nothing else. Nil if it is another.
func stampIn(reply []byte) []byte {
	r := &derReader{}
	token := r.members(r.single(reply, tagSequence), tagSequence, 2)[1].whole
	if r.err != nil || !bytes.Equal(sequence(sequence(smallInteger(0)), token), reply) {
		return nil
	}
	return token
}

// stampQuestion: what was asked for a token (RFC 3161 §2.4.1), without a policy and with the certificates.
func stampQuestion(stamped, nonce []byte) []byte {
	sum := sha256.Sum256(stamped)
	imprint := sequence(algSHA256, writeDER(tagOctets, sum[:]))
	return sequence(smallInteger(1), imprint, nonce, writeDER(tagBoolean, []byte{0xff}))
}

// checkStamped: the time-stamps over the text of the head and over the signature of the CMS, which may be nil.
// pinned: roots of the authority.
func (v *verifier) checkStamped(h *head, cms *signedCMS, pinned []*certificate) {
	const queryPath, replyPath, rootPath = "checkpoint.tsq", "checkpoint.tsr", "keys/tsa-root.pem"
	there := v.exists(queryPath) || v.exists(replyPath) || v.exists(rootPath)
	if !there && len(pinned) > 0 {
		v.report.add(Incomplete, replyPath, "is missing, although a root of its authority is pinned")
	}
	if !there && (cms == nil || cms.token == nil) {
		return
	}
	query, reply, pem := v.readSmall(queryPath, maxSmall), v.readSmall(replyPath, maxSmall), v.readSmall(rootPath, maxSmall)
	if query == nil || reply == nil || pem == nil {
		return
	}
	root := readRoot(pem)
	if root == nil {
		v.report.add(Tampered, rootPath, "is not one root certificate")
		return
	}
	roots := []*certificate{root}
	data := stampIn(reply)
	token, err := openStamp(data, []byte(h.text), roots)
	if err != nil {
		v.report.add(Tampered, replyPath, err.Error())
		return
	}
	if token.nonce == nil || !bytes.Equal(stampQuestion([]byte(h.text), token.nonce), query) {
		v.report.add(Tampered, queryPath, "is not the question that the time-stamp answers")
	}
	if len(pinned) == 0 {
		v.report.add(Note, replyPath, "no root of its authority is pinned: whose time-stamp it is was not judged")
	} else if _, err := openStamp(data, []byte(h.text), pinned); err != nil {
		v.report.add(Tampered, replyPath, "does not come from the pinned root of its authority")
	}
	if cms == nil {
		return
	}
	const cmsPath = "checkpoint.p7s"
	if cms.token == nil {
		v.report.add(Incomplete, cmsPath, "carries no time-stamp, although the text of the head has one")
	} else if _, err := openStamp(cms.token, cms.signature, roots); err != nil {
		v.report.add(Tampered, cmsPath, "of the time-stamp in it: "+err.Error())
	}
}
