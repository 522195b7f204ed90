package main

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
)

// certificate: RFC 5280, in its one spelling, so that of one whose signature holds no byte can be changed.
type certificate struct {
	*x509.Certificate
	// issuer's name and serial number, as they stand in it.
	issuer, serial []byte
	extensions     []derValue
}

func readCertificate(data []byte) (*certificate, error) {
	r := &derReader{}
	parts := r.members(r.single(data, tagSequence), tagSequence, 3)
	fields := r.members(parts[0], tagSequence, 7)
	bits := r.content(parts[2], tagBits)
	// Only what the issuer signed counts. Of the rest each bit is settled: the algorithm is the one that was signed,
	// and no bit of the signature is unused.
	r.need(len(parts) == 3 && fields[0].tag == 0xa0 && len(bits) > 0 && bits[0] == 0)
	r.need(bytes.Equal(parts[1].whole, fields[2].whole))
	var extensions []derValue
	for _, one := range fields[7:] {
		if one.tag == 0xa3 && len(one.content) > 0 {
			extensions = r.members(r.one(one.content), tagSequence, 0)
		}
	}
	if r.err != nil {
		return nil, r.err
	}
	parsed, err := x509.ParseCertificate(data)
	if err != nil {
		return nil, err
	}
	return &certificate{parsed, fields[3].whole, fields[1].whole, extensions}, nil
}

func issues(by, one *x509.Certificate) bool {
	return bytes.Equal(one.RawIssuer, by.RawSubject) && by.IsCA && one.CheckSignatureFrom(by) == nil
}

// chainsTo: each certificate is signed by the next, the last by the root; the first is not the root itself.
func chainsTo(chain []*certificate, root *x509.Certificate) bool {
	for i, one := range chain {
		if one.Equal(root) {
			return i > 0
		}
		issuer := root
		if i+1 < len(chain) {
			issuer = chain[i+1].Certificate
		}
		if !issues(issuer, one.Certificate) {
			return false
		}
	}
	return true
}

func pemOf(data []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: data})
}

// readRoots: certificates that somebody pinned.
func readRoots(text []byte) ([]*x509.Certificate, error) {
	var roots []*x509.Certificate
	for rest := bytes.TrimSpace(text); len(rest) > 0; rest = bytes.TrimSpace(rest) {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil || block.Type != "CERTIFICATE" {
			return nil, errors.New("no certificate")
		}
		root, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		roots = append(roots, root)
	}
	return roots, nil
}

// readRoot: the one certificate of a PEM file of a bundle, in its one spelling, which signed itself. Nil if it is none.
func readRoot(text []byte) *x509.Certificate {
	block, _ := pem.Decode(text)
	if block == nil || !bytes.Equal(pemOf(block.Bytes), text) {
		return nil
	}
	root, err := readCertificate(block.Bytes)
	if err != nil || !issues(root.Certificate, root.Certificate) {
		return nil
	}
	return root.Certificate
}
