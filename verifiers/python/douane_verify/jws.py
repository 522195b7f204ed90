"""The checkpoint signed as flattened JWS (RFC 7515), ES256, with the certificates in its protected header."""

import base64
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

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
        x5c = header["x5c"]
        if data != line.encode("ascii") or len(signature) != 64 or not isinstance(x5c, list) or not 1 <= len(x5c) <= 8:
            raise ValueError
        chain = [certificates.read(unbase64(one)) for one in x5c]
        spelt = '{"alg":"ES256","typ":"audit-checkpoint+jws","x5c":["%s"]}' % '","'.join(x5c)
        if protected != spelt.encode("ascii") or chain[0].kind != "P-256":
            raise ValueError
        message = f"{parts[1]}.{parts[0]}".encode("ascii")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("cannot be read") from error
    if payload != text.encode():
        raise Refused("is not of the text of the checkpoint")
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    if not certificates.verifies(chain[0], hashes.SHA256(), message, encode_dss_signature(r, s)):
        raise Refused("its signature does not hold")
    return chain
