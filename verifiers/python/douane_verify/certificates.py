"""Certificates (RFC 5280), as much as a signature needs of them, read by ourselves: libraries differ in what they
forgive, and three verifiers must give one answer. Of one whose signature holds no byte can be changed.

Signed by RSA (PKCS #1 v1.5) or ECDSA with SHA-256, -384, -512, or by Ed25519; keys RSA of 2048 to 8192 bits, P-256, P-384,
P-521, Ed25519; version 3; of critical extensions those of RFC 5280 alone (§4.2)."""

import base64
import re
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import load_der_public_key

from . import der
from .der import members, oid, only, sequence, single, write

BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")
NONE = write(der.NULL)
RSA_KEY = sequence(oid("1.2.840.113549.1.1.1"), NONE)
ED25519 = sequence(oid("1.3.101.112"))
# AlgorithmIdentifier of a signature: what key it takes, and its digest
ALGORITHMS = {ED25519: ("ed25519", None)}
for _i, _digest in enumerate((hashes.SHA256(), hashes.SHA384(), hashes.SHA512())):
    ALGORITHMS[sequence(oid(f"1.2.840.113549.1.1.{_i + 11}"), NONE)] = ("rsa", _digest)
    ALGORITHMS[sequence(oid(f"1.2.840.10045.4.3.{_i + 2}"))] = ("ec", _digest)
# Bytes of a key: a point that is not compressed (RFC 5480 §2.2)
CURVES = {
    sequence(oid("1.2.840.10045.2.1"), oid(curve)): (kind, length)
    for kind, curve, length in (
        ("P-256", "1.2.840.10045.3.1.7", 65),
        ("P-384", "1.3.132.0.34", 97),
        ("P-521", "1.3.132.0.35", 133),
    )
}
CONSTRAINTS, USAGE, PURPOSES = oid("2.5.29.19"), oid("2.5.29.15"), oid("2.5.29.37")
# Extensions that may be critical: beside the ones that are judged here, names, policies and where lists of revoked ones are,
# none of which a signature hangs on. One that nobody knows may say that the certificate is not for this.
KNOWN = {CONSTRAINTS, USAGE, PURPOSES, *(oid(f"2.5.29.{n}") for n in (17, 30, 31, 32, 33, 36, 54))}


class Certificate(NamedTuple):
    der: bytes
    # as they stand in it; names are the same if their bytes are
    issuer: bytes
    serial: bytes
    subject: bytes
    # YYYYMMDDHHMMSS in UTC
    valid_from: bytes
    valid_to: bytes
    # rsa, P-256, P-384, P-521 or ed25519
    kind: str
    key: Any
    # it may issue others
    authority: bool
    # the one for which it is, critically so; None if there is none or more
    purpose: bytes | None
    # what its key may do, as the bytes of KeyUsage in order, the first lowest; None if it does not say
    usage: int | None
    # what its issuer signed, by which of ALGORITHMS, and how
    body: bytes
    algorithm: bytes
    signature: bytes


def _need(right):
    if not right:
        raise der.NotDer


def _bits(value):
    bits = der.content(value, der.BITS)
    _need(bits[:1] == b"\0")
    return bits[1:]


def _positive(value):
    digits = der.content(value, der.INTEGER)
    _need(digits and digits[0] < 0x80 and not (digits[0] == 0 and (len(digits) == 1 or digits[1] < 0x80)))
    return int.from_bytes(digits, "big")


def _is_rsa(bits):
    parts = members(single(bits), least=2)
    n, e = _positive(parts[0]), _positive(parts[1])
    return len(parts) == 2 and n & e & 1 == 1 and 2048 <= n.bit_length() <= 8192 and 1 < e < 1 << 24


def _kind(info):
    parts = members(info, least=2)
    _need(len(parts) == 2)
    algorithm, bits = parts[0].whole, _bits(parts[1])
    kind, length = CURVES.get(algorithm, (None, 0))
    if kind and len(bits) == length and bits[0] == 4:
        return kind
    if algorithm == ED25519 and len(bits) == 32:
        return "ed25519"
    _need(algorithm == RSA_KEY and _is_rsa(bits))
    return "rsa"


def time(value):
    """RFC 5280 §4.1.2.5: years of two digits are those from 1950 on."""
    if value.tag == der.TIME and re.fullmatch(rb"\d{14}Z", value.content):
        return value.content[:-1]
    _need(value.tag == der.UTC_TIME and re.fullmatch(rb"\d{12}Z", value.content))
    return (b"20" if value.content < b"50" else b"19") + value.content[:-1]


def _extensions(value):
    out = {}
    for one in members(only(value, 0xA3)):
        parts = members(one, least=2)
        critical = len(parts) == 3
        _need(len(parts) <= 3 and parts[0].tag == der.OID and parts[0].whole not in out)
        _need(not critical or (der.content(parts[1], der.BOOLEAN) == b"\xff" and parts[0].whole in KNOWN))
        out[parts[0].whole] = critical, der.content(parts[-1], der.OCTETS)
    return out


def _usage(extensions):
    if USAGE not in extensions:
        return None
    bits = der.content(single(extensions[USAGE][1], der.BITS), der.BITS)
    return int.from_bytes(bits[1:3], "little")


def _authority(extensions, usage):
    """`usage`: bit 5 from the left of its first byte is keyCertSign."""
    found = members(single(extensions[CONSTRAINTS][1])) if CONSTRAINTS in extensions else []
    if usage is not None and not usage & 0x04:
        return False
    return bool(found) and found[0].tag == der.BOOLEAN and found[0].content == b"\xff"


def _purpose(extensions):
    critical, value = extensions.get(PURPOSES, (False, None))
    uses = members(single(value)) if value is not None else []
    return uses[0].whole if critical and len(uses) == 1 else None


def read(data):
    """Raises ValueError."""
    body, algorithm, signature, *more = members(single(data), least=3)
    version, serial, inner, issuer, validity, subject, info, *last = members(body, least=7)
    _need(not more and len(last) <= 1 and version.whole == write(0xA0, write(der.INTEGER, b"\x02")))
    # Only what the issuer signed counts: the algorithm outside it is the one that was signed.
    _need(inner.whole in ALGORITHMS and algorithm.whole == inner.whole)
    times = members(validity, least=2)
    _need(len(times) == 2 and issuer.tag == der.SEQUENCE and subject.tag == der.SEQUENCE)
    der.content(serial, der.INTEGER)
    extensions = _extensions(last[0]) if last else {}
    kind, usage = _kind(info), _usage(extensions)
    try:
        key = load_der_public_key(info.whole)
    except UnsupportedAlgorithm as error:
        raise der.NotDer from error
    return Certificate(
        data,
        issuer.whole,
        serial.whole,
        subject.whole,
        time(times[0]),
        time(times[1]),
        kind,
        key,
        _authority(extensions, usage),
        _purpose(extensions),
        usage,
        body.whole,
        inner.whole,
        _bits(signature),
    )


def verifies(certificate, digest, data, signature):
    """`digest` is None for Ed25519, which needs none."""
    try:
        if certificate.kind == "rsa":
            certificate.key.verify(signature, data, padding.PKCS1v15(), digest)
        elif certificate.kind == "ed25519":
            certificate.key.verify(signature, data)
        else:
            certificate.key.verify(signature, data, ec.ECDSA(digest))
    except (InvalidSignature, ValueError):
        return False
    return True


def issues(by, one):
    takes, digest = ALGORITHMS[one.algorithm]
    fits = by.kind.startswith("P-") if takes == "ec" else by.kind == takes
    return fits and by.authority and by.subject == one.issuer and verifies(by, digest, one.body, one.signature)


def chains_to(chain, root):
    """Each is signed by the next, the last by the root; the first is not the root itself."""
    for i, one in enumerate(chain):
        if one.der == root.der:
            return i > 0
        if not issues(chain[i + 1] if i + 1 < len(chain) else root, one):
            return False
    return True


def pem_of(data):
    text = base64.b64encode(data)
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return b"\n".join((b"-----BEGIN CERTIFICATE-----", *lines, b"-----END CERTIFICATE-----", b""))


def read_roots(data):
    """Certificates that somebody pinned. Raises ValueError if there is anything else."""
    if BLOCK.sub(b"", data).strip():
        raise ValueError
    bodies = [re.sub(rb"[ \t\r\n]", b"", body) for body in BLOCK.findall(data)]
    plain = [base64.b64decode(body, validate=True) for body in bodies]
    if [base64.b64encode(one) for one in plain] != bodies:
        raise ValueError
    return [read(one) for one in plain]


def read_root(data):
    """The one certificate of a PEM file of a bundle, in its one spelling, which signed itself. Raises ValueError."""
    found = read_roots(data)
    if len(found) != 1 or pem_of(found[0].der) != data or not issues(found[0], found[0]):
        raise ValueError
    return found[0]
