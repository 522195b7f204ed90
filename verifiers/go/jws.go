package main

import (
	"crypto/ecdsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
)

var errUnreadable = errors.New("cannot be read")

// openJWS checks text and signature of the flattened JWS (RFC 7515) that is the head; the certificates come back leaf
// first. Nothing but exactly our form passes, one line in one spelling:
//
//	{"payload":"…","protected":"…","signature":"…"}    protected: {"alg":"ES256","typ":"audit-checkpoint+jws","x5c":[…]}
func openJWS(data []byte, text string) ([]*certificate, error) {
	var jws struct{ Payload, Protected, Signature string }
	if json.Unmarshal(data, &jws) != nil {
		return nil, errUnreadable
	}
	line := fmt.Sprintf(`{"payload":"%s","protected":"%s","signature":"%s"}`+"\n", jws.Payload, jws.Protected, jws.Signature)
	raw := base64.RawURLEncoding.Strict()
	payload, err1 := raw.DecodeString(jws.Payload)
	protected, err2 := raw.DecodeString(jws.Protected)
	signature, err3 := raw.DecodeString(jws.Signature)
	if err1 != nil || err2 != nil || err3 != nil || len(signature) != 64 || line != string(data) {
		return nil, errUnreadable
	}
	var header struct{ X5c []string }
	if json.Unmarshal(protected, &header) != nil {
		return nil, errUnreadable
	}
	spelt := fmt.Sprintf(`{"alg":"ES256","typ":"audit-checkpoint+jws","x5c":["%s"]}`, strings.Join(header.X5c, `","`))
	if spelt != string(protected) {
		return nil, errUnreadable
	}
	var chain []*certificate
	for _, one := range header.X5c {
		read, err := readCertificate(unbase64(one))
		if err != nil {
			return nil, errUnreadable
		}
		chain = append(chain, read)
	}
	if len(chain) == 0 || len(chain) > 8 {
		return nil, errUnreadable
	}
	key, ok := chain[0].key.(*ecdsa.PublicKey)
	if !ok || chain[0].kind != "P-256" {
		return nil, errUnreadable
	}
	if string(payload) != text {
		return nil, errors.New("is not of the text of the checkpoint")
	}
	digest := sha256.Sum256([]byte(jws.Protected + "." + jws.Payload))
	r, s := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(key, digest[:], r, s) {
		return nil, errors.New("its signature does not hold")
	}
	return chain, nil
}
