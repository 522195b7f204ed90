"""Which witnesses must have cosigned the head: c2sp.org/tlog-policy, and c2sp.org/tlog-cosignature v1."""

import re
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .record import signed, unbase64
from .report import INCOMPLETE, TAMPERED

PATH = "log/checkpoint"


class Refused(Exception):
    """The line of the policy that cannot be used."""


class Witness:
    def __init__(self, vkey):
        found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([0-9A-Za-z+/=]+)", vkey)
        typed = unbase64(found[3]) if found else None
        if typed is None or len(typed) != 33 or typed[0] != 4:
            raise Refused
        self.name, self.id = found[1], sha256(found[1].encode() + b"\n" + typed).digest()[:4]
        if self.id.hex() != found[2]:
            raise Refused
        self.raw, self.key = typed[1:], Ed25519PublicKey.from_public_bytes(typed[1:])


def _group(count, members, names):
    if count not in ("any", "all") and not re.fullmatch("[1-9][0-9]{0,2}", count):
        raise Refused
    least = {"any": 1, "all": len(members)}.get(count) or int(count)
    if not 1 <= least <= len(members) or len(set(members)) < len(members) or not set(members) <= set(names):
        raise Refused
    parts = [names[member] for member in members]
    return lambda by: sum(part(by) for part in parts) >= least


class Quorum:
    def __init__(self, data):
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise Refused from error
        if len(text) > 65536:
            raise Refused
        self.witnesses, self.met, names = [], None, {}
        for line in text.split("\n"):
            words = re.split("[ \t]+", re.sub(r"^#.*|\s#.*", "", line.removesuffix("\r")).strip(" \t"))
            kind, name, rest = words[0], "".join(words[1:2]), words[2:]
            if kind in ("", "log"):
                continue
            if kind == "quorum":
                met = (lambda by: True) if name == "none" else names.get(name)
                if self.met is not None or met is None or rest:
                    raise Refused
                self.met = met
                continue
            if not re.fullmatch(r"[^\s+]{1,256}", name) or name == "none" or name in names or len(names) >= 256:
                raise Refused
            if kind == "witness" and len(rest) in (1, 2):
                if len(rest) == 2 and not re.match("https?://[^/]", rest[1]):
                    raise Refused
                one = Witness(rest[0])
                if any(other.raw == one.raw for other in self.witnesses):
                    raise Refused
                self.witnesses.append(one)
                names[name] = lambda by, one=one: one in by
            elif kind == "group" and len(rest) > 1:
                names[name] = _group(rest[0], rest[1:], names)
            else:
                raise Refused
        if self.met is None:
            raise Refused

    def cosigned(self, note, text):
        """The witnesses whose lines are on the note; None if one of them does not hold."""
        by = set()
        for line in note[len(text) + 1 :].split("\n")[:64]:
            parts = line.split(" ")
            blob = unbase64(parts[2]) if len(parts) == 3 and parts[0] == "\u2014" else None
            for one in self.witnesses:
                if blob is None or parts[1] != one.name or blob[:4] != one.id:
                    continue
                seconds = int.from_bytes(blob[4:12], "big")
                message = f"cosignature/v1\ntime {seconds}\n{text}".encode()
                if len(blob) != 76 or seconds > 253402300799 or not signed(one.key, message, blob[12:]):
                    return None
                by.add(one)
        return by


def check_witnessed(note, head, quorum, report):
    by = quorum.cosigned(note.decode("utf-8", "replace"), head.text)
    if by is None:
        report.add(TAMPERED, PATH, "carries a cosignature of a witness that does not hold")
    elif not quorum.met(by):
        report.add(INCOMPLETE, PATH, "is cosigned by fewer witnesses than the policy asks for")
