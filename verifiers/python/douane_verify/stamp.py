"""A time-stamp token (RFC 3161 §2.4.2, RFC 5816): a CMS SignedData over a TSTInfo.

Signed are the TSTInfo, the attributes of the signer and, by their issuers, the certificates. In a bundle there is nothing
else in it, in one spelling: it is written anew and compared, so that of it no bit can be changed."""

import hashlib
import re
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes

from . import certificates, der
from .der import members, oid, only, sequence, set_of, write

SIGNED_DATA, TST_INFO = oid("1.2.840.113549.1.7.2"), oid("1.2.840.113549.1.9.16.1.4")
CONTENT_TYPE, MESSAGE_DIGEST = oid("1.2.840.113549.1.9.3"), oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = (oid(f"1.2.840.113549.1.9.16.2.{n}") for n in (12, 47))
TIME_STAMPING = oid("1.3.6.1.5.5.7.3.8")
RSA = oid("1.2.840.113549.1.1.1")
MOST_CERTIFICATES = 16


class Refused(Exception):
    pass


class Digest(NamedTuple):
    name: str
    id: bytes
    algorithm: hashes.HashAlgorithm
    # the signature algorithms that name it
    rsa: bytes
    ecdsa: bytes


DIGESTS = [
    Digest(
        f"sha{bits}",
        oid(f"2.16.840.1.101.3.4.2.{n}"),
        getattr(hashes, f"SHA{bits}")(),
        oid(f"1.2.840.113549.1.1.{n + 10}"),
        oid(f"1.2.840.10045.4.3.{n + 1}"),
    )
    for n, bits in ((1, 256), (2, 384), (3, 512))
]


class Token(NamedTuple):
    info: bytes
    certificates: list
    signer: certificates.Certificate
    digest: Digest
    attributes: bytes
    # the values of the signed attributes, by type
    said: dict
    signature: bytes
    imprint: bytes
    nonce: bytes | None
    # YYYYMMDDHHMMSS in UTC: what is below a second is not read
    at: bytes


def _algorithm(value):
    """An AlgorithmIdentifier whose parameters are left out or NULL: all that are known here are."""
    found = members(value, least=1)
    if len(found) > 2 or (len(found) == 2 and found[1].whole != write(der.NULL)):
        raise der.NotDer
    return found[0].whole


def _digest(value):
    found = _algorithm(value)
    for one in DIGESTS:
        if one.id == found:
            return one
    raise der.NotDer


def _integer(n):
    return write(der.INTEGER, bytes((n,)))


def _attributes(value):
    """RFC 5652 §5.3: each is a type and its values, and of each type there is one."""
    out = {}
    for one in members(value, 0xA0):
        pair = members(one, least=2)
        values = members(pair[1], der.SET, least=1)
        if len(pair) > 2 or pair[0].tag != der.OID or pair[0].whole in out:
            raise der.NotDer
        out[pair[0].whole] = values
    return out


def _time(value):
    found = re.fullmatch(rb"(\d{14})(?:\.\d{1,9})?Z", der.content(value, der.TIME))
    if not found:
        raise der.NotDer
    return found[1]


def _readable(data):
    """An authority may add certificates that nobody needs, of whatever kind: they are passed over."""
    try:
        return certificates.read(data)
    except ValueError:
        return None


def read(data):
    """Raises ValueError; Refused."""
    kind, wrapped = members(der.single(data), least=2)[:2]
    version, algorithms, encapsulated, *rest = members(only(wrapped, 0xA0), least=4)
    info_kind, info_wrapped = members(encapsulated, least=2)[:2]
    if kind.whole != SIGNED_DATA or info_kind.whole != TST_INFO or version.whole != _integer(3):
        raise der.NotDer
    info = der.content(only(info_wrapped, 0xA0), der.OCTETS)
    carried = next((one for one in rest if one.tag == 0xA0), None)
    if carried is None:
        raise der.NotDer
    listed = der.values(carried.content)
    if len(listed) > MOST_CERTIFICATES:
        raise der.NotDer
    chain = [one for one in (_readable(value.whole) for value in listed) if one]
    signer = members(only(rest[-1], der.SET), least=6)
    digest, other = _digest(signer[2]), _digest(only(algorithms, der.SET))
    if _algorithm(signer[4]) not in (RSA, digest.rsa, digest.ecdsa) or digest is not other:
        raise der.NotDer
    if signer[0].whole != _integer(1) or signer[3].tag != 0xA0:
        raise der.NotDer
    its = next((one for one in chain if sequence(one.issuer, one.serial) == signer[1].whole), None)
    if its is None:
        raise Refused("its certificate is not one for time-stamps")
    told = members(der.single(info), least=5)
    imprint = members(told[2], least=2)
    if told[0].whole != _integer(1) or _digest(imprint[0]) is not DIGESTS[0]:
        raise der.NotDer
    return Token(
        info,
        chain,
        its,
        digest,
        # RFC 5652 §5.4: what is signed is the attributes as a SET, not under their tag [0]
        write(der.SET, signer[3].content),
        _attributes(signer[3]),
        der.content(signer[5], der.OCTETS),
        der.content(imprint[1], der.OCTETS),
        next((one.whole for one in told[5:] if one.tag == der.INTEGER), None),
        _time(told[4]),
    )


def _plain(token, path):
    """The token with these certificates, and without anything that no signature covers."""
    algorithm = sequence(token.digest.id)
    is_rsa = token.signer.kind == "rsa"
    signer = sequence(
        _integer(1),
        sequence(token.signer.issuer, token.signer.serial),
        algorithm,
        write(0xA0, der.single(token.attributes, der.SET).content),
        sequence(RSA, write(der.NULL)) if is_rsa else sequence(token.digest.ecdsa),
        write(der.OCTETS, token.signature),
    )
    signed = sequence(
        _integer(3),
        write(der.SET, algorithm),
        sequence(TST_INFO, write(0xA0, write(der.OCTETS, token.info))),
        set_of(0xA0, *(one.der for one in path)),
        write(der.SET, signer),
    )
    return sequence(SIGNED_DATA, write(0xA0, signed))


def _attribute(token, kind):
    """The one value of a signed attribute; None if it is not there."""
    values = token.said.get(kind)
    if values is None:
        return None
    if len(values) > 1:
        raise der.NotDer
    return values[0]


def _names_signer(token):
    """RFC 5816: the signed attribute names the certificate by its hash, so that no other with that key will do."""
    second = _attribute(token, SIGNING_CERTIFICATE_V2)
    value = second or _attribute(token, SIGNING_CERTIFICATE)
    if value is None:
        return False
    first = members(members(members(value, least=1)[0], least=1)[0], least=1)
    if second is None:
        return hashlib.sha1(token.signer.der).digest() == der.content(first[0], der.OCTETS)
    # SHA-256 is the default, so that it may be left out
    named = first[0].tag == der.SEQUENCE
    name = _digest(first[0]).name if named else "sha256"
    if named and len(first) < 2:
        raise der.NotDer
    return hashlib.new(name, token.signer.der).digest() == der.content(first[1 if named else 0], der.OCTETS)


def _is_for_stamps(certificate):
    """RFC 3161 §2.3: for time-stamps and nothing else, and it says so critically; where it says what its key may do, that
    is to sign, to be bound to what it signed (RFC 5280 §4.2.1.3, bits 0 and 1), and nothing else."""
    usage = certificate.usage
    may = usage is None or (usage & 0xC0 and not usage & ~0xC0)
    return certificate.purpose == TIME_STAMPING and bool(may)


def _valid(certificate, at):
    return certificate.valid_from <= at <= certificate.valid_to


def _path(token, roots):
    """From the signer over the certificates of the token to one of the roots, all valid at that time."""
    path, one = [token.signer], token.signer
    while len(path) <= MOST_CERTIFICATES and _valid(one, token.at):
        root = next((by for by in roots if by.der == one.der or certificates.issues(by, one)), None)
        if root is not None:
            if not _valid(root, token.at) or root.der == token.signer.der:
                break
            return path[:-1] if root.der == one.der else path
        one = next((by for by in token.certificates if by not in path and certificates.issues(by, one)), None)
        if one is None:
            break
        path.append(one)
    raise Refused("its certificate does not come from the root of the authority")


def _holds(token):
    kind, digest = _attribute(token, CONTENT_TYPE), _attribute(token, MESSAGE_DIGEST)
    if kind is None or kind.whole != TST_INFO or digest is None:
        return False
    if der.content(digest, der.OCTETS) != hashlib.new(token.digest.name, token.info).digest():
        return False
    signer = token.signer
    return signer.kind != "ed25519" and certificates.verifies(
        signer, token.digest.algorithm, token.attributes, token.signature
    )


def open_token(data, stamped, roots):
    """A token of these bytes, judged, without a byte that is not settled. Raises Refused."""
    try:
        token = read(data)
        if token.imprint != hashlib.sha256(stamped).digest():
            raise Refused("is of something else")
        if not _names_signer(token) or not _is_for_stamps(token.signer):
            raise Refused("its certificate is not one for time-stamps")
        if not _holds(token):
            raise Refused("its signature does not hold")
        if _plain(token, _path(token, roots)) == data:
            return token
    except ValueError as error:
        raise Refused("cannot be read, or holds more than what is signed") from error
    raise Refused("cannot be read, or holds more than what is signed")


def answer(token):
    """RFC 3161 §2.4.2: what is around a token, with its status as the one word `granted`."""
    return sequence(sequence(_integer(0)), token)


def question(stamped, nonce):
    """RFC 3161 §2.4.1: what was asked for that token, without a policy and with the certificates."""
    imprint = sequence(sequence(DIGESTS[0].id), write(der.OCTETS, hashlib.sha256(stamped).digest()))
    return sequence(_integer(1), imprint, nonce, write(der.BOOLEAN, b"\xff"))
