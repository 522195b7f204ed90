"""C2SP signed notes, vkeys and checkpoints, Ed25519."""

import re
import unicodedata
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .record import signed, unbase64

MAX_NOTE, MAX_SIGNATURES = 65536, 64


class Refused(Exception):
    """malformed, signature, untrusted or origin"""


class Key:
    def __init__(self, name, key_id, raw):
        self.name, self.id, self.raw = name, key_id, raw
        self.key = Ed25519PublicKey.from_public_bytes(raw)

    def named(self, name):
        """The same key under another name: that of a later tree."""
        return Key(name, sha256(name.encode() + b"\n\x01" + self.raw).digest()[:4].hex(), self.raw)

    def __eq__(self, other):
        return (self.name, self.raw) == (other.name, other.raw)

    __hash__ = None


class Checkpoint:
    def __init__(self, origin, size, root, text, sig, note):
        self.origin, self.size, self.root, self.text, self.sig, self.note = origin, size, root, text, sig, note


# not what is unassigned: that differs from one version of Unicode to the next
UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"}


def _name(text):
    return 1 <= len(text) <= 256 and not any(
        one == "+" or one.isspace() or unicodedata.category(one) in UNSEEN for one in text
    )


def read_vkey(line):
    found = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)", line)
    data = unbase64(found[3]) if found else None
    if data is None or len(data) != 33 or data[0] != 1 or not _name(found[1]):
        raise Refused("malformed")
    if sha256(found[1].encode() + b"\n" + data).digest()[:4].hex() != found[2]:
        raise Refused("malformed")
    return Key(found[1], found[2], data[1:])


def read_pins(data):
    """One vkey a line, empty lines and lines that begin with # aside."""
    try:
        lines = [line.strip() for line in data.decode().split("\n")]
    except UnicodeDecodeError as error:
        raise Refused("malformed") from error
    return [read_vkey(line) for line in lines if line and not line.startswith("#")]


def open_note(data, known):
    """The text and the signature by `known`. Unknown keys are ignored; a known one that fails refuses the note."""
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("signature") from error
    if len(data) > MAX_NOTE or re.search("[\x00-\x09\x0b-\x1f]", note) or not note.endswith("\n"):
        raise Refused("malformed")
    split = note.rfind("\n\n")
    if split <= 0:
        raise Refused("malformed")
    text, lines, found = note[: split + 1], note[split + 2 : -1].split("\n"), None
    if len(lines) > MAX_SIGNATURES:
        raise Refused("malformed")
    for line in lines:
        parts = line.split(" ")
        blob = unbase64(parts[2]) if len(parts) == 3 else None
        if blob is None or parts[0] != "\u2014" or not _name(parts[1]) or len(blob) < 5:
            raise Refused("malformed")
        if parts[1] != known.name or blob[:4].hex() != known.id:
            continue
        if found is not None:
            raise Refused("malformed")
        if len(blob) != 68 or not signed(known.key, text.encode(), blob[4:]):
            raise Refused("signature")
        found = blob[4:]
    if found is None:
        raise Refused("untrusted")
    return text, found


def open_checkpoint(data, known):
    text, sig = open_note(data, known)
    origin, *rest = text.split("\n")
    root = unbase64(rest[1]) if len(rest) >= 3 else None
    if not origin or root is None or len(root) != 32 or not re.fullmatch("0|[1-9][0-9]{0,15}", rest[0]):
        raise Refused("malformed")
    if int(rest[0]) > 2**53 - 1 or rest[-1] != "" or "" in rest[2:-1]:
        raise Refused("malformed")
    if origin != known.name:
        raise Refused("origin")
    return Checkpoint(origin, int(rest[0]), root, text, sig, data)
