package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"regexp"
)

// certificate: RFC 5280, as much as a signature needs of it, read by ourselves: libraries differ in what they forgive,
// and three verifiers must give one answer. Of one whose signature holds no byte can be changed.
//
// Signed by RSA (PKCS #1 v1.5) or ECDSA with SHA-256, -384, -512, or by Ed25519; keys RSA of 2048 to 8192 bits, P-256,
// P-384, P-521, Ed25519; version 3; of critical extensions those of RFC 5280 alone (§4.2).
type certificate struct {
	der []byte
	// As they stand in it; names are the same if their bytes are.
	issuer, serial, subject []byte
	// From when to when it is valid: YYYYMMDDHHMMSS in UTC.
	from, to string
	// rsa, P-256, P-384, P-521 or ed25519.
	kind string
	key  crypto.PublicKey
	// It may issue others.
	authority bool
	// The one purpose for which it is, critically so; nil if there is none or more.
	purpose []byte
	// What its key may do, as the bytes of KeyUsage in order, the first lowest; -1 if it does not say.
	usage int
	// What its issuer signed, and how.
	body, signature []byte
	by              *algorithm
}

// algorithm: AlgorithmIdentifier of a signature, what key it takes, and its digest (zero for Ed25519).
type algorithm struct {
	id     []byte
	key    string
	digest crypto.Hash
}

type curve struct {
	kind   string
	id     []byte
	length int
}

var (
	derNull    = writeDER(tagNull)
	rsaKey     = sequence(oid("1.2.840.113549.1.1.1"), derNull)
	ed25519Key = sequence(oid("1.3.101.112"))
	algorithms = []*algorithm{
		{sequence(oid("1.2.840.113549.1.1.11"), derNull), "rsa", crypto.SHA256},
		{sequence(oid("1.2.840.113549.1.1.12"), derNull), "rsa", crypto.SHA384},
		{sequence(oid("1.2.840.113549.1.1.13"), derNull), "rsa", crypto.SHA512},
		{sequence(oid("1.2.840.10045.4.3.2")), "ec", crypto.SHA256},
		{sequence(oid("1.2.840.10045.4.3.3")), "ec", crypto.SHA384},
		{sequence(oid("1.2.840.10045.4.3.4")), "ec", crypto.SHA512},
		{ed25519Key, "ed25519", 0},
	}
	// Bytes of a key: a point that is not compressed (RFC 5480 §2.2).
	curves = []curve{
		{"P-256", onCurve("1.2.840.10045.3.1.7"), 65},
		{"P-384", onCurve("1.3.132.0.34"), 97},
		{"P-521", onCurve("1.3.132.0.35"), 133},
	}
	oidConstraints = oid("2.5.29.19")
	oidUsage       = oid("2.5.29.15")
	oidPurposes    = oid("2.5.29.37")
	yes            = []byte{0xff}
	// Extensions that may be critical: beside the ones that are judged here, names, policies and where lists of revoked
	// ones are, none of which a signature hangs on. One that nobody knows may say that the certificate is not for this.
	knownExtensions = [][]byte{
		oidConstraints, oidUsage, oidPurposes,
		oid("2.5.29.17"), oid("2.5.29.30"), oid("2.5.29.31"), oid("2.5.29.32"), oid("2.5.29.33"), oid("2.5.29.36"), oid("2.5.29.54"),
	}

	longTime  = regexp.MustCompile(`\A[0-9]{14}Z\z`)
	shortTime = regexp.MustCompile(`\A[0-9]{12}Z\z`)
)

func onCurve(dotted string) []byte { return sequence(oid("1.2.840.10045.2.1"), oid(dotted)) }

// bits: the content of a BIT STRING of whole bytes.
func (r *derReader) bits(value derValue) []byte {
	content := r.content(value, tagBits)
	if !r.need(len(content) > 0 && content[0] == 0) {
		return nil
	}
	return content[1:]
}

// positive: an INTEGER above zero.
func (r *derReader) positive(value derValue) *big.Int {
	digits := r.content(value, tagInteger)
	right := len(digits) > 0 && digits[0] < 0x80
	right = right && (digits[0] != 0 || (len(digits) > 1 && digits[1] >= 0x80))
	r.need(right)
	return new(big.Int).SetBytes(digits)
}

func (r *derReader) isRSA(bits []byte) bool {
	parts := r.members(r.single(bits, tagSequence), tagSequence, 2)
	n, e := r.positive(parts[0]), r.positive(parts[1])
	odd := n.Bit(0) == 1 && e.Bit(0) == 1
	return len(parts) == 2 && odd && n.BitLen() >= 2048 && n.BitLen() <= 8192 && e.BitLen() > 1 && e.BitLen() <= 24
}

func (r *derReader) keyKind(info derValue) string {
	parts := r.members(info, tagSequence, 2)
	id, bits := parts[0].whole, r.bits(parts[1])
	if r.need(len(parts) == 2) {
		for _, one := range curves {
			if bytes.Equal(one.id, id) && len(bits) == one.length && bits[0] == 4 {
				return one.kind
			}
		}
		if bytes.Equal(id, ed25519Key) && len(bits) == ed25519.PublicKeySize {
			return "ed25519"
		}
		if bytes.Equal(id, rsaKey) && r.isRSA(bits) {
			return "rsa"
		}
	}
	r.need(false)
	return ""
}

// validity: RFC 5280 §4.1.2.5; years of two digits are those from 1950 on.
func (r *derReader) validity(value derValue) string {
	text := string(value.content)
	if value.tag == tagTime && longTime.MatchString(text) {
		return text[:14]
	}
	if !r.need(value.tag == tagUTCTime && shortTime.MatchString(text)) {
		return ""
	}
	if text < "50" {
		return "20" + text[:12]
	}
	return "19" + text[:12]
}

type extension struct {
	id, value []byte
	critical  bool
}

func (r *derReader) extensions(value derValue) []extension {
	var out []extension
	for _, one := range r.members(r.only(value, 0xa3), tagSequence, 0) {
		parts := r.members(one, tagSequence, 2)
		r.need(len(parts) <= 3 && parts[0].tag == tagOID && findExtension(out, parts[0].whole) == nil)
		critical := len(parts) == 3
		if critical {
			r.need(bytes.Equal(r.content(parts[1], tagBoolean), yes) && isKnown(parts[0].whole))
		}
		out = append(out, extension{parts[0].whole, r.content(parts[len(parts)-1], tagOctets), critical})
	}
	return out
}

func isKnown(id []byte) bool {
	for _, one := range knownExtensions {
		if bytes.Equal(one, id) {
			return true
		}
	}
	return false
}

func findExtension(all []extension, id []byte) *extension {
	for i := range all {
		if bytes.Equal(all[i].id, id) {
			return &all[i]
		}
	}
	return nil
}

func (r *derReader) usage(all []extension) int {
	found := findExtension(all, oidUsage)
	if found == nil {
		return -1
	}
	bits := r.content(r.single(found.value, tagBits), tagBits)
	usage := 0
	if len(bits) > 1 {
		usage = int(bits[1])
	}
	if len(bits) > 2 {
		usage |= int(bits[2]) << 8
	}
	return usage
}

// isAuthority: bit 5 from the left of the first byte of usage is keyCertSign.
func (r *derReader) isAuthority(all []extension, usage int) bool {
	var ca derValue
	if constraints := findExtension(all, oidConstraints); constraints != nil {
		if parts := r.members(r.single(constraints.value, tagSequence), tagSequence, 0); len(parts) > 0 {
			ca = parts[0]
		}
	}
	return (usage < 0 || usage&0x04 != 0) && ca.tag == tagBoolean && bytes.Equal(ca.content, yes)
}

func (r *derReader) purpose(all []extension) []byte {
	found := findExtension(all, oidPurposes)
	if found == nil {
		return nil
	}
	uses := r.members(r.single(found.value, tagSequence), tagSequence, 0)
	if len(uses) != 1 || !found.critical {
		return nil
	}
	return uses[0].whole
}

func readCertificate(data []byte) (*certificate, error) {
	r := &derReader{}
	parts := r.members(r.single(data, tagSequence), tagSequence, 3)
	fields := r.members(parts[0], tagSequence, 7)
	r.need(len(parts) == 3 && len(fields) <= 8 && bytes.Equal(fields[0].whole, writeDER(0xa0, smallInteger(2))))
	one := &certificate{der: data, body: parts[0].whole, signature: r.bits(parts[2])}
	one.serial, one.issuer, one.subject = fields[1].whole, fields[3].whole, fields[5].whole
	r.need(fields[1].tag == tagInteger && fields[3].tag == tagSequence && fields[5].tag == tagSequence)
	for _, known := range algorithms {
		if bytes.Equal(known.id, fields[2].whole) {
			one.by = known
		}
	}
	// Only what the issuer signed counts: the algorithm outside it is the one that was signed.
	r.need(one.by != nil && bytes.Equal(parts[1].whole, fields[2].whole))
	times := r.members(fields[4], tagSequence, 2)
	r.need(len(times) == 2)
	one.from, one.to = r.validity(times[0]), r.validity(times[1])
	one.kind, one.usage = r.keyKind(fields[6]), -1
	if len(fields) == 8 {
		all := r.extensions(fields[7])
		one.usage = r.usage(all)
		one.authority, one.purpose = r.isAuthority(all, one.usage), r.purpose(all)
	}
	if r.err != nil {
		return nil, r.err
	}
	var err error
	one.key, err = x509.ParsePKIXPublicKey(fields[6].whole)
	return one, err
}

// verifies: digest is zero for Ed25519, which needs none.
func (c *certificate) verifies(digest crypto.Hash, data, signature []byte) bool {
	sum := data
	if digest != 0 {
		h := digest.New()
		h.Write(data)
		sum = h.Sum(nil)
	}
	switch key := c.key.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(key, digest, sum, signature) == nil
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(key, sum, signature)
	case ed25519.PublicKey:
		return ed25519.Verify(key, sum, signature)
	}
	return false
}

func issues(by, one *certificate) bool {
	kind := by.kind
	if kind[:1] == "P" {
		kind = "ec"
	}
	fits := kind == one.by.key && by.authority && bytes.Equal(by.subject, one.issuer)
	return fits && by.verifies(one.by.digest, one.body, one.signature)
}

// chainsTo: each certificate is signed by the next, the last by the root; the first is not the root itself.
func chainsTo(chain []*certificate, root *certificate) bool {
	for i, one := range chain {
		if bytes.Equal(one.der, root.der) {
			return i > 0
		}
		issuer := root
		if i+1 < len(chain) {
			issuer = chain[i+1]
		}
		if !issues(issuer, one) {
			return false
		}
	}
	return true
}

// carried: certificates as CMS holds them.
func carried(chain []*certificate) []byte {
	var all [][]byte
	for _, one := range chain {
		all = append(all, one.der)
	}
	return setOf(0xa0, all...)
}

func pemOf(data []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: data})
}

var (
	pemBlock = regexp.MustCompile(`-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----`)
	pemSpace = regexp.MustCompile(`[ \t\r\n]`)
)

// readRoots: certificates that somebody pinned, and nothing else.
func readRoots(text []byte) ([]*certificate, error) {
	if len(bytes.TrimSpace(pemBlock.ReplaceAll(text, nil))) > 0 {
		return nil, errors.New("no certificate")
	}
	var roots []*certificate
	for _, found := range pemBlock.FindAllSubmatch(text, -1) {
		data := unbase64(string(pemSpace.ReplaceAll(found[1], nil)))
		root, err := readCertificate(data)
		if err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	return roots, nil
}

// readRoot: the one certificate of a PEM file of a bundle, in its one spelling, which signed itself. Nil if it is none.
func readRoot(text []byte) *certificate {
	roots, err := readRoots(text)
	if err != nil || len(roots) != 1 || !bytes.Equal(pemOf(roots[0].der), text) || !issues(roots[0], roots[0]) {
		return nil
	}
	return roots[0]
}
