"""The checkpoint signed as detached CMS (RFC 5652; ETSI EN 319 122-1 levels B-B and B-T).

What can differ from one to the next are the time, the signature and the stamp: around these the file is written anew and
compared, so that no byte is there that nobody checked."""

from hashlib import sha256

from cryptography.hazmat.primitives import hashes

from . import der
from .certificates import time as read_time, verifies
from .der import only, members, oid, sequence, set_of, write

DATA = oid("1.2.840.113549.1.7.1")
SHA256 = sequence(oid("2.16.840.1.101.3.4.2.1"))
SIGNING_TIME = oid("1.2.840.113549.1.9.5")
ONE = write(der.INTEGER, b"\x01")


class Refused(Exception):
    pass


def _attribute(dotted, value):
    return sequence(oid(dotted), write(der.SET, value))


def _signed(text, leaf, time):
    """RFC 5035 §3: the last of them names the certificate that signed, by issuer and hash."""
    digest = write(der.OCTETS, sha256(leaf.der).digest())
    named = sequence(sequence(sequence(digest, sequence(sequence(write(0xA4, leaf.issuer)), leaf.serial))))
    return (
        _attribute("1.2.840.113549.1.9.3", DATA),
        _attribute("1.2.840.113549.1.9.4", write(der.OCTETS, sha256(text.encode()).digest())),
        _attribute("1.2.840.113549.1.9.5", time),
        _attribute("1.2.840.113549.1.9.16.2.47", named),
    )


def _parts(data):
    """The time as it stands there, the signature, and the token of the time-stamp or None."""
    signed = only(members(der.single(data), least=2)[1], 0xA0)
    signer = members(only(members(signed, least=5)[4], der.SET), least=6)
    attributes = [members(one, least=2) for one in members(signer[3], 0xA0)]
    time = only(next((one[1] for one in attributes if one[0].whole == SIGNING_TIME), None), der.SET)
    # RFC 5652 §11.3: nobody may read another time in it than we
    read_time(time)
    token = None
    if len(signer) > 6:
        token = only(members(only(signer[6], 0xA1), least=2)[1], der.SET).whole
    return time.whole, der.content(signer[5], der.OCTETS), token


def _write(text, chain, time, signature, token):
    leaf = chain[0]
    signer = sequence(
        ONE,
        sequence(leaf.issuer, leaf.serial),
        SHA256,
        set_of(0xA0, *_signed(text, leaf, time)),
        sequence(oid("1.2.840.10045.4.3.2")),
        write(der.OCTETS, signature),
        b"" if token is None else write(0xA1, _attribute("1.2.840.113549.1.9.16.2.14", token)),
    )
    signed = sequence(
        ONE,
        write(der.SET, SHA256),
        sequence(DATA),
        set_of(0xA0, *(one.der for one in chain)),
        write(der.SET, signer),
    )
    return sequence(oid("1.2.840.113549.1.7.2"), write(0xA0, signed))


def open_cms(data, text, chain):
    """The signature and the token of the time-stamp over it, or None. Raises Refused."""
    try:
        time, signature, token = _parts(data)
    except der.NotDer as error:
        raise Refused("cannot be read") from error
    if _write(text, chain, time, signature, token) != data:
        raise Refused("is not a signature of the text of the checkpoint by the certificates of checkpoint.jws")
    if not verifies(chain[0], hashes.SHA256(), set_of(der.SET, *_signed(text, chain[0], time)), signature):
        raise Refused("its signature does not hold")
    return signature, token
