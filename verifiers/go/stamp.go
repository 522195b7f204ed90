package main

import (
	"bytes"
	"crypto"
	"crypto/sha1"
	"crypto/sha256"
	"errors"
	"regexp"
)

// A time-stamp token (RFC 3161 §2.4.2, RFC 5816): a CMS SignedData over a TSTInfo. Signed are the TSTInfo, the
// attributes of the signer and, by their issuers, the certificates. In a bundle there is nothing else in it, in one
// spelling: it is written anew and compared, so that of it no bit can be changed.

const maxStampCertificates = 16

var (
	oidTSTInfo              = oid("1.2.840.113549.1.9.16.1.4")
	oidContentType          = oid("1.2.840.113549.1.9.3")
	oidMessageDigest        = oid("1.2.840.113549.1.9.4")
	oidSigningCertificate   = oid("1.2.840.113549.1.9.16.2.12")
	oidSigningCertificateV2 = oid("1.2.840.113549.1.9.16.2.47")
	oidTimeStamping         = oid("1.3.6.1.5.5.7.3.8")
	oidRSA                  = oid("1.2.840.113549.1.1.1")

	errStampForm   = errors.New("cannot be read, or holds more than what is signed")
	errStampSigner = errors.New("its certificate is not one for time-stamps")
	errStampChain  = errors.New("its certificate does not come from the root of the authority")
)

type stampDigest struct {
	hash crypto.Hash
	id   []byte
	// The signature algorithms that name it.
	rsa, ecdsa []byte
}

var stampDigests = []*stampDigest{
	{crypto.SHA256, oid("2.16.840.1.101.3.4.2.1"), oid("1.2.840.113549.1.1.11"), oid("1.2.840.10045.4.3.2")},
	{crypto.SHA384, oid("2.16.840.1.101.3.4.2.2"), oid("1.2.840.113549.1.1.12"), oid("1.2.840.10045.4.3.3")},
	{crypto.SHA512, oid("2.16.840.1.101.3.4.2.3"), oid("1.2.840.113549.1.1.13"), oid("1.2.840.10045.4.3.4")},
}

func (d *stampDigest) sum(data []byte) []byte {
	h := d.hash.New()
	h.Write(data)
	return h.Sum(nil)
}

type stampToken struct {
	info, attributes, signature, imprint, nonce []byte
	// The values of the signed attributes, by type.
	said         map[string][]derValue
	certificates []*certificate
	signer       *certificate
	digest       *stampDigest
	// YYYYMMDDHHMMSS in UTC: what is below a second is not read.
	at string
}

// algorithm: an AlgorithmIdentifier whose parameters are left out or NULL, all that are known here are.
func (r *derReader) algorithm(value derValue) []byte {
	found := r.members(value, tagSequence, 1)
	r.need(len(found) == 1 || (len(found) == 2 && bytes.Equal(found[1].whole, writeDER(tagNull))))
	return found[0].whole
}

func (r *derReader) digest(value derValue) *stampDigest {
	id := r.algorithm(value)
	for _, one := range stampDigests {
		if bytes.Equal(one.id, id) {
			return one
		}
	}
	r.need(false)
	return stampDigests[0]
}

// attributes: each is a type and its values, and of each type there is one (RFC 5652 §5.3).
func (r *derReader) attributes(value derValue) map[string][]derValue {
	out := map[string][]derValue{}
	for _, one := range r.members(value, 0xa0, 0) {
		pair := r.members(one, tagSequence, 2)
		values := r.members(pair[1], tagSet, 1)
		id := string(pair[0].whole)
		_, again := out[id]
		r.need(len(pair) == 2 && pair[0].tag == tagOID && !again)
		out[id] = values
	}
	return out
}

var stampTime = regexp.MustCompile(`\A(\d{14})(?:\.\d{1,9})?Z\z`)

func (r *derReader) time(value derValue) string {
	found := stampTime.FindSubmatch(r.content(value, tagTime))
	if !r.need(found != nil) {
		return ""
	}
	return string(found[1])
}

func readStamp(data []byte) (*stampToken, error) {
	r := &derReader{}
	outer := r.members(r.single(data, tagSequence), tagSequence, 2)
	signed := r.members(r.only(outer[1], 0xa0), tagSequence, 4)
	inner := r.members(signed[2], tagSequence, 2)
	r.need(bytes.Equal(outer[0].whole, oidSignedData) && bytes.Equal(inner[0].whole, oidTSTInfo))
	r.need(bytes.Equal(signed[0].whole, smallInteger(3)))
	t := &stampToken{info: r.content(r.only(inner[1], 0xa0), tagOctets)}
	signer := r.members(r.only(signed[len(signed)-1], tagSet), tagSequence, 6)
	t.digest = r.digest(signer[2])
	r.need(r.digest(r.only(signed[1], tagSet)) == t.digest)
	algorithm := r.algorithm(signer[4])
	r.need(bytes.Equal(algorithm, oidRSA) || bytes.Equal(algorithm, t.digest.rsa) || bytes.Equal(algorithm, t.digest.ecdsa))
	r.need(bytes.Equal(signer[0].whole, smallInteger(1)) && signer[3].tag == 0xa0)
	// RFC 5652 §5.4: what is signed is the attributes as a SET, not under their tag [0].
	t.attributes = writeDER(tagSet, signer[3].content)
	t.said = r.attributes(signer[3])
	t.signature = r.content(signer[5], tagOctets)
	told := r.members(r.single(t.info, tagSequence), tagSequence, 5)
	imprint := r.members(told[2], tagSequence, 2)
	r.need(bytes.Equal(told[0].whole, smallInteger(1)) && r.digest(imprint[0]) == stampDigests[0])
	t.imprint = r.content(imprint[1], tagOctets)
	t.at = r.time(told[4])
	for _, one := range told[5:] {
		if one.tag == tagInteger && t.nonce == nil {
			t.nonce = one.whole
		}
	}
	var listed []derValue
	for _, one := range signed[3:] {
		if one.tag == 0xa0 && listed == nil {
			listed = r.values(one.content)
		}
	}
	if r.err != nil || len(listed) > maxStampCertificates {
		return nil, errStampForm
	}
	for _, one := range listed {
		// An authority may add certificates that nobody needs, of whatever kind: they are passed over.
		read, err := readCertificate(one.whole)
		if err != nil {
			continue
		}
		t.certificates = append(t.certificates, read)
		if t.signer == nil && bytes.Equal(sequence(read.issuer, read.serial), signer[1].whole) {
			t.signer = read
		}
	}
	if t.signer == nil {
		return nil, errStampSigner
	}
	return t, nil
}

// plain: the token with these certificates, and without anything that no signature covers.
func (t *stampToken) plain(path []*certificate) []byte {
	algorithm := sequence(t.digest.id)
	signing := sequence(t.digest.ecdsa)
	if t.signer.kind == "rsa" {
		signing = sequence(oidRSA, writeDER(tagNull))
	}
	r := &derReader{}
	signer := sequence(
		smallInteger(1),
		sequence(t.signer.issuer, t.signer.serial),
		algorithm,
		writeDER(0xa0, r.single(t.attributes, tagSet).content),
		signing,
		writeDER(tagOctets, t.signature),
	)
	signed := sequence(
		smallInteger(3),
		writeDER(tagSet, algorithm),
		sequence(oidTSTInfo, writeDER(0xa0, writeDER(tagOctets, t.info))),
		carried(path),
		writeDER(tagSet, signer),
	)
	return sequence(oidSignedData, writeDER(0xa0, signed))
}

// attribute: the one value of a signed attribute, and whether it is there.
func (t *stampToken) attribute(r *derReader, kind []byte) (derValue, bool) {
	values, there := t.said[string(kind)]
	if !there || !r.need(len(values) == 1) {
		return derValue{}, false
	}
	return values[0], true
}

// namesSigner: the signed attribute names the certificate by its hash, so that no other with that key will do (RFC 5816).
func (t *stampToken) namesSigner(r *derReader) bool {
	value, second := t.attribute(r, oidSigningCertificateV2)
	if !second {
		var old bool
		if value, old = t.attribute(r, oidSigningCertificate); !old {
			return false
		}
	}
	list := r.members(r.members(value, tagSequence, 1)[0], tagSequence, 1)
	first := r.members(list[0], tagSequence, 1)
	if !second {
		sum := sha1.Sum(t.signer.der)
		return bytes.Equal(r.content(first[0], tagOctets), sum[:])
	}
	// SHA-256 is the default, so that it may be left out
	digest, named := stampDigests[0], first[0]
	if first[0].tag == tagSequence {
		digest = r.digest(first[0])
		if !r.need(len(first) >= 2) {
			return false
		}
		named = first[1]
	}
	return bytes.Equal(r.content(named, tagOctets), digest.sum(t.signer.der))
}

// isForStamps: for time-stamps and nothing else, and it says so critically (RFC 3161 §2.3); where it says what its key may
// do, that is to sign, to be bound to what it signed (RFC 5280 §4.2.1.3, bits 0 and 1), and nothing else.
func (t *stampToken) isForStamps() bool {
	usage := t.signer.usage
	return bytes.Equal(t.signer.purpose, oidTimeStamping) && (usage < 0 || (usage&0xc0 != 0 && usage&^0xc0 == 0))
}

func (t *stampToken) holds(r *derReader) bool {
	kind, there := t.attribute(r, oidContentType)
	sum, bound := t.attribute(r, oidMessageDigest)
	if !there || !bound || !bytes.Equal(kind.whole, oidTSTInfo) {
		return false
	}
	if !bytes.Equal(r.content(sum, tagOctets), t.digest.sum(t.info)) {
		return false
	}
	return t.signer.kind != "ed25519" && t.signer.verifies(t.digest.hash, t.attributes, t.signature)
}

func validAt(one *certificate, at string) bool { return one.from <= at && at <= one.to }

// path: from the signer over the certificates of the token to one of the roots, all valid at that time.
func (t *stampToken) path(roots []*certificate) ([]*certificate, error) {
	path, one := []*certificate{t.signer}, t.signer
	for len(path) <= maxStampCertificates && one != nil && validAt(one, t.at) {
		for _, root := range roots {
			same := bytes.Equal(root.der, one.der)
			if !same && !issues(root, one) {
				continue
			}
			if !validAt(root, t.at) || bytes.Equal(root.der, t.signer.der) {
				return nil, errStampChain
			}
			if same {
				return path[:len(path)-1], nil
			}
			return path, nil
		}
		var next *certificate
		for _, by := range t.certificates {
			if next == nil && !contains(path, by) && issues(by, one) {
				next = by
			}
		}
		if next != nil {
			path = append(path, next)
		}
		one = next
	}
	return nil, errStampChain
}

func contains(path []*certificate, one *certificate) bool {
	for _, each := range path {
		if each == one {
			return true
		}
	}
	return false
}

// openStamp: a token of these bytes, judged, without a byte that is not settled.
func openStamp(data, stamped []byte, roots []*certificate) (*stampToken, error) {
	t, err := readStamp(data)
	if err != nil {
		return nil, err
	}
	r := &derReader{}
	sum := sha256.Sum256(stamped)
	if !bytes.Equal(t.imprint, sum[:]) {
		return nil, errors.New("is of something else")
	}
	if named, right := t.namesSigner(r), t.isForStamps(); r.err == nil && (!named || !right) {
		return nil, errStampSigner
	}
	if held := t.holds(r); r.err == nil && !held {
		return nil, errors.New("its signature does not hold")
	}
	if r.err != nil {
		return nil, errStampForm
	}
	path, err := t.path(roots)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(t.plain(path), data) {
		return nil, errStampForm
	}
	return t, nil
}
