"""Certificates (RFC 5280) in their one spelling, so that of one whose signature holds no byte can be changed."""

import base64
import re
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from . import der

BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----")


class Certificate(NamedTuple):
    x509: x509.Certificate
    der: bytes
    # DER of its issuer's name and of its serial number, as they stand in it
    issuer: bytes
    serial: bytes
    extensions: list


def read(data):
    """Raises ValueError."""
    body, algorithm, *bits = der.members(der.single(data), least=3)
    fields = der.members(body, least=7)
    # Only what the issuer signed counts. Of the rest each bit is settled: the algorithm is the one that was signed, and
    # no bit of the signature is unused.
    unused = der.content(bits[0], der.BITS)[:1]
    if len(bits) != 1 or fields[0].tag != 0xA0 or unused != b"\0" or algorithm.whole != fields[2].whole:
        raise der.NotDer
    wrapped = next((one for one in fields[7:] if one.tag == 0xA3), None)
    extensions = der.members(der.values(wrapped.content)[0]) if wrapped and wrapped.content else []
    try:
        certificate = x509.load_der_x509_certificate(data)
        _ = certificate.public_key(), certificate.extensions, certificate.issuer, certificate.subject
    except Exception as error:  # a dozen classes, over bytes from outside
        raise der.NotDer from error
    return Certificate(certificate, data, fields[3].whole, fields[1].whole, extensions)


def _authority(certificate):
    find = certificate.extensions.get_extension_for_class
    try:
        if not find(x509.BasicConstraints).value.ca:
            return False
        return find(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound as missing:
        return missing.oid == x509.KeyUsage.oid


def issues(by, one):
    try:
        one.verify_directly_issued_by(by)
        return _authority(by)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.DuplicateExtension):
        return False


def chains_to(chain, root):
    """Each is signed by the next, the last by the root; the first is not the root itself."""
    for i, one in enumerate(chain):
        if one == root:
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
    return [x509.load_pem_x509_certificate(one) for one in BLOCK.findall(data)]


def read_root(data):
    """The one certificate of a PEM file of a bundle, in its one spelling, which signed itself. Raises ValueError."""
    found = BLOCK.findall(data)
    if len(found) != 1:
        raise ValueError
    one = read(base64.b64decode(b"".join(found[0].split(b"\n")[1:-1])))
    if pem_of(one.der) != data or not issues(one.x509, one.x509):
        raise ValueError
    return one.x509
