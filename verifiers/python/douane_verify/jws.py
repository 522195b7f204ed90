"""The checkpoint signed as flattened JWS (RFC 7515), ES256, with the certificates in its protected header."""

import base64
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from . import certificates
from .record import unbase64


class Refused(Exception):
    pass


def _raw(text):
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(data).decode().rstrip("=") != text:
        raise ValueError
    return data


def open_jws(data, text):
    """The certificates, leaf first. Raises Refused for anything that is not exactly our form: one line, one spelling."""
    try:
        jws = json.loads(data)
        parts = [jws[key] for key in ("payload", "protected", "signature")]
        payload, protected, signature = map(_raw, parts)
        line = '{"payload":"%s","protected":"%s","signature":"%s"}\n' % tuple(parts)
        header = json.loads(protected)
        if data != line.encode("ascii") or set(header) != {"alg", "typ", "x5c"} or len(signature) != 64:
            raise ValueError
        if header["alg"] != "ES256" or header["typ"] != "audit-checkpoint+jws" or not 1 <= len(header["x5c"]) <= 8:
            raise ValueError
        chain = [certificates.read(unbase64(one)) for one in header["x5c"]]
        key = chain[0].x509.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError
        message = f"{parts[1]}.{parts[0]}".encode("ascii")
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
