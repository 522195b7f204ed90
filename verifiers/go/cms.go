package main

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"errors"
)

// The checkpoint signed as detached CMS (RFC 5652; ETSI EN 319 122-1 levels B-B and B-T). What can differ from one to
// the next are the time, the signature and the stamp: around these the file is written anew and compared, so that no
// byte is there that nobody checked.

type signedCMS struct {
	// time as it stands there; token of the time-stamp over the signature, nil without one.
	time, signature, token []byte
}

var (
	oidData       = oid("1.2.840.113549.1.7.1")
	oidSignedData = oid("1.2.840.113549.1.7.2")
	algSHA256     = sequence(oid("2.16.840.1.101.3.4.2.1"))
	oidTime       = oid("1.2.840.113549.1.9.5")
)

func attribute(dotted string, value []byte) []byte {
	return sequence(oid(dotted), writeDER(tagSet, value))
}

// signedAttributes: the last of them names the certificate that signed, by issuer and hash (RFC 5035 §3).
func signedAttributes(text string, leaf *certificate, time []byte) [][]byte {
	digest, sum := sha256.Sum256([]byte(text)), sha256.Sum256(leaf.der)
	named := sequence(writeDER(tagOctets, sum[:]), sequence(sequence(writeDER(0xa4, leaf.issuer)), leaf.serial))
	return [][]byte{
		attribute("1.2.840.113549.1.9.3", oidData),
		attribute("1.2.840.113549.1.9.4", writeDER(tagOctets, digest[:])),
		attribute("1.2.840.113549.1.9.5", time),
		attribute("1.2.840.113549.1.9.16.2.47", sequence(sequence(named))),
	}
}

func readCMS(data []byte) (*signedCMS, error) {
	r := &derReader{}
	signed := r.only(r.members(r.single(data, tagSequence), tagSequence, 2)[1], 0xa0)
	signer := r.members(r.only(r.members(signed, tagSequence, 5)[4], tagSet), tagSequence, 6)
	out := &signedCMS{signature: r.content(signer[5], tagOctets)}
	for _, one := range r.members(signer[3], 0xa0, 0) {
		if pair := r.members(one, tagSequence, 2); bytes.Equal(pair[0].whole, oidTime) {
			time := r.only(pair[1], tagSet)
			// RFC 5652 §11.3: nobody may read another time in it than we.
			r.validity(time)
			out.time = time.whole
		}
	}
	if len(signer) > 6 {
		out.token = r.only(r.members(r.only(signer[6], 0xa1), tagSequence, 2)[1], tagSet).whole
	}
	return out, r.err
}

func (c *signedCMS) write(text string, chain []*certificate) []byte {
	leaf := chain[0]
	parts := [][]byte{
		smallInteger(1),
		sequence(leaf.issuer, leaf.serial),
		algSHA256,
		setOf(0xa0, signedAttributes(text, leaf, c.time)...),
		sequence(oid("1.2.840.10045.4.3.2")),
		writeDER(tagOctets, c.signature),
	}
	if c.token != nil {
		parts = append(parts, writeDER(0xa1, attribute("1.2.840.113549.1.9.16.2.14", c.token)))
	}
	signed := sequence(
		smallInteger(1),
		writeDER(tagSet, algSHA256),
		sequence(oidData),
		carried(chain),
		writeDER(tagSet, sequence(parts...)),
	)
	return sequence(oidSignedData, writeDER(0xa0, signed))
}

// openCMS: it must carry the certificates of the chain, of which the first signed.
func openCMS(data []byte, text string, chain []*certificate) (*signedCMS, error) {
	signed, err := readCMS(data)
	if err != nil {
		return nil, errUnreadable
	}
	if !bytes.Equal(signed.write(text, chain), data) {
		return nil, errors.New("is not a signature of the text of the checkpoint by the certificates of checkpoint.jws")
	}
	if !chain[0].verifies(crypto.SHA256, setOf(tagSet, signedAttributes(text, chain[0], signed.time)...), signed.signature) {
		return nil, errors.New("its signature does not hold")
	}
	return signed, nil
}
