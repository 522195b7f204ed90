package main

import "bytes"

// checkCertified: the head signed by a certified key, as JWS and as CMS, and the copies of the certificates. The CMS
// comes back for whoever checks time-stamps; nil if it does not hold.
func (v *verifier) checkCertified(h *head, roots []*certificate) *signedCMS {
	const jwsPath, cmsPath, chainPath, rootPath = "checkpoint.jws", "checkpoint.p7s", "keys/chain.pem", "keys/root.pem"
	if !v.exists(jwsPath) && !v.exists(cmsPath) && !v.exists(chainPath) && !v.exists(rootPath) {
		if len(roots) > 0 {
			v.report.add(Incomplete, jwsPath, "is missing, although a root certificate is pinned")
		}
		return nil
	}
	jws, cms := v.readSmall(jwsPath, maxSmall), v.readSmall(cmsPath, maxSmall)
	chainPEM, rootPEM := v.readSmall(chainPath, maxSmall), v.readSmall(rootPath, maxSmall)
	if jws == nil {
		return nil
	}
	chain, err := openJWS(jws, h.text)
	if err != nil {
		v.report.add(Tampered, jwsPath, err.Error())
		return nil
	}
	// Dates are not judged: nothing here says when the signature was made.
	found := len(roots) == 0
	for _, root := range roots {
		found = found || chainsTo(chain, root)
	}
	if len(roots) == 0 {
		v.report.add(Note, jwsPath, "no root certificate is pinned: whose certificate signed was not judged")
	} else if !found {
		v.report.add(Tampered, jwsPath, "its certificate does not come from the pinned root")
	}
	var copies []byte
	for _, one := range chain {
		copies = append(copies, pemOf(one.der)...)
	}
	if chainPEM != nil && !bytes.Equal(chainPEM, copies) {
		v.report.add(Tampered, chainPath, "is not the certificates of checkpoint.jws")
	}
	if rootPEM != nil {
		if root := readRoot(rootPEM); root == nil || !chainsTo(chain, root) {
			v.report.add(Tampered, rootPath, "is not the root of the certificates of checkpoint.jws")
		}
	}
	if cms == nil {
		return nil
	}
	signed, err := openCMS(cms, h.text, chain)
	if err != nil {
		v.report.add(Tampered, cmsPath, err.Error())
		return nil
	}
	return signed
}
