"""The checkpoint signed a second time, as flattened JWS (RFC 7515) by a certified P-256 key."""

import base64
import json

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from .record import unbase64
from .report import INCOMPLETE, NOTE, TAMPERED

PATH = "checkpoint.jws"


class Refused(Exception):
    pass


def _raw(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError
    return data


def _open(data, text):
    try:
        jws = json.loads(data)
        payload, protected, signature = (_raw(jws[key]) for key in ("payload", "protected", "signature"))
        header = json.loads(protected)
        if len(jws) != 3 or set(header) != {"alg", "typ", "x5c"} or len(signature) != 64:
            raise ValueError
        if header["alg"] != "ES256" or header["typ"] != "audit-checkpoint+jws" or not 1 <= len(header["x5c"]) <= 8:
            raise ValueError
        chain = [x509.load_der_x509_certificate(unbase64(one)) for one in header["x5c"]]
        key = chain[0].public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError
        message = f"{jws['protected']}.{jws['payload']}".encode("ascii")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("cannot be read") from error
    if payload != text.encode():
        raise Refused("is not of the text of the checkpoint")
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    try:
        key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refused("its signature does not hold") from error
    return chain


def _authority(certificate):
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _chains_to(chain, root):
    """Dates are not judged: nothing here says when the signature was made."""
    for i, one in enumerate(chain):
        if one == root:
            return i > 0
        issuer = chain[i + 1] if i + 1 < len(chain) else root
        try:
            one.verify_directly_issued_by(issuer)
        except (ValueError, TypeError, InvalidSignature):
            return False
        if not _authority(issuer):
            return False
    return True


def read_roots(data):
    return x509.load_pem_x509_certificates(data) if data.strip() else []


def check_certified(files, head, roots, report):
    for file in ("checkpoint.p7s", "checkpoint.tsr"):
        if files.exists(file):
            report.add(NOTE, file, "is for openssl (VERIFY.md); its signature was not judged here")
    if not files.exists(PATH):
        if roots:
            report.add(INCOMPLETE, PATH, "is missing, although a root certificate is pinned")
        return
    data = files.small(PATH)
    if data is None:
        return
    try:
        chain = _open(data, head.text)
    except Refused as error:
        report.add(TAMPERED, PATH, str(error))
        return
    if not roots:
        report.add(NOTE, PATH, "no root certificate is pinned: whose certificate signed was not judged")
    elif not any(_chains_to(chain, root) for root in roots):
        report.add(TAMPERED, PATH, "its certificate does not come from the pinned root")


def public_key_of(pem):
    return serialization.load_pem_public_key(pem)
