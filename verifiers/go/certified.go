package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
)

// The checkpoint signed a second time, as JWS (RFC 7515, flattened) by a certified P-256 key:
//
//	{"payload":"…","protected":"…","signature":"…"}    protected: {"alg":"ES256","typ":"audit-checkpoint+jws","x5c":[…]}

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

func (v *verifier) checkCertified(h *head, roots []*x509.Certificate) {
	for _, file := range []string{"checkpoint.p7s", "checkpoint.tsr"} {
		if v.exists(file) {
			v.report.add(Note, file, "is for openssl (VERIFY.md); its signature was not judged here")
		}
	}
	const path = "checkpoint.jws"
	if !v.exists(path) {
		if len(roots) > 0 {
			v.report.add(Incomplete, path, "is missing, although a root certificate is pinned")
		}
		return
	}
	data := v.readSmall(path, maxSmall)
	if data == nil {
		return
	}
	chain, err := openJWS(data, h.text)
	if err != nil {
		v.report.add(Tampered, path, err.Error())
		return
	}
	if len(roots) == 0 {
		v.report.add(Note, path, "no root certificate is pinned: whose certificate signed was not judged")
		return
	}
	for _, root := range roots {
		if chainsTo(chain, root) {
			return
		}
	}
	v.report.add(Tampered, path, "its certificate does not come from the pinned root")
}

// openJWS checks text and signature; the certificates come back leaf first.
func openJWS(data []byte, text string) ([]*x509.Certificate, error) {
	unreadable := errors.New("cannot be read")
	var jws struct{ Payload, Protected, Signature *string }
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&jws) != nil || jws.Payload == nil || jws.Protected == nil || jws.Signature == nil {
		return nil, unreadable
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, unreadable
	}
	raw := base64.RawURLEncoding.Strict()
	payload, err1 := raw.DecodeString(*jws.Payload)
	protected, err2 := raw.DecodeString(*jws.Protected)
	signature, err3 := raw.DecodeString(*jws.Signature)
	if err1 != nil || err2 != nil || err3 != nil || len(signature) != 64 {
		return nil, unreadable
	}
	var header struct {
		Alg, Typ string
		X5c      []string
	}
	decoder = json.NewDecoder(bytes.NewReader(protected))
	decoder.DisallowUnknownFields()
	if decoder.Decode(&header) != nil || header.Alg != "ES256" || header.Typ != "audit-checkpoint+jws" {
		return nil, unreadable
	}
	if string(payload) != text {
		return nil, errors.New("is not of the text of the checkpoint")
	}
	var chain []*x509.Certificate
	for _, one := range header.X5c {
		certificate, err := x509.ParseCertificate(unbase64(one))
		if err != nil {
			return nil, unreadable
		}
		chain = append(chain, certificate)
	}
	if len(chain) == 0 || len(chain) > 8 {
		return nil, unreadable
	}
	key, ok := chain[0].PublicKey.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, unreadable
	}
	digest := sha256.Sum256([]byte(*jws.Protected + "." + *jws.Payload))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key, digest[:], r, s) {
		return nil, errors.New("its signature does not hold")
	}
	return chain, nil
}

// chainsTo: each certificate is signed by the next, the last by the root. Dates are not judged: nothing here
// says when the signature was made.
func chainsTo(chain []*x509.Certificate, root *x509.Certificate) bool {
	for i, one := range chain {
		issuer := root
		if i+1 < len(chain) {
			issuer = chain[i+1]
		}
		if one.Equal(root) {
			return i > 0
		}
		if one.CheckSignatureFrom(issuer) != nil {
			return false
		}
	}
	return true
}
