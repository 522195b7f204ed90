"""The shape of a record per kind, seals, and certificates of boots. What is not in the table fails."""

import base64
import binascii
import re
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from . import canonical

MAX_BATCH = 4096


class Invalid(Exception):
    """The message names a key, never a value."""


def matches(form):
    compiled = re.compile(form, re.ASCII)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def one_of(*words):
    return lambda value: isinstance(value, str) and value in words


def text(value):
    return isinstance(value, str) and len(canonical.utf16(value)) <= 2 * 4096


def texts(value):
    return isinstance(value, list) and all(map(text, value))


def count(value):
    return type(value) is int and value >= 0


def days(value):
    """A retention, at most a hundred years."""
    return count(value) and value <= 36500


def map_of(check):
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


_time = matches(r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z")


def time(value):
    if not _time(value):
        return False
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


digest = matches("[0-9a-f]{64}")
id128 = matches("[0-9a-f]{32}")
name = matches("[0-9A-Za-z._:+/=-]{1,128}")
base64_text = matches("[0-9A-Za-z+/]{1,512}={0,2}")
cats = map_of(map_of(count))

_common = {"t": time, "inst": name, "boot": name, "iseq": count, "iprev": digest}

# A key that ends in "?" may be left out.
_kinds = {
    "intent": {
        "tid": id128, "attempt": count, "client": text, "provider": text, "purpose": text,
        "class": one_of("eea", "adequate", "third"), "countries": texts, "ground": texts, "ground_ref": texts,
        "verdict": one_of("allow", "treat"), "rules": texts, "cats": cats, "bundle": digest, "engine": text,
        "method": text, "media": text, "bytes": count, "stream?": text,
        "orders?": count, "out": digest, "detail": digest,
    },
    "outcome": {
        "tid": id128, "attempt": count, "intent": count,
        "end": one_of("delivered", "provider_error", "not_sent", "aborted", "unknown"), "status?": count,
        "sent": count, "restored": count, "corrected": count, "unresolved": count, "clear": count,
        "answer?": digest,
    },
    "refusal": {
        "tid": id128, "client": text, "provider": text, "purpose": text,
        "code": matches("[A-Z][A-Z0-9_]{1,63}"), "rules": texts, "cats": cats, "bundle": digest, "engine": text,
        "orders?": count,
    },
    "genesis": {"origin": text, "enrol?": text},
    "boot": {"key": base64_text, "cert": base64_text, "engine": text, "settings": map_of(text)},
    "policy": {
        "bundle": digest, "by": text, "act?": one_of("activated", "approved", "opinion", "rolled_back", "withdrawn"),
        "roles?": texts, "why?": text, "from?": text, "opinion?": one_of("favourable", "unfavourable"),
        "jws?": text, "nonce?": text,
    },
    "override": {
        "act": one_of("suspended", "resumed", "lifted", "ended"), "by": text, "roles": texts, "why": text,
        "provider?": text, "client?": text, "purpose?": text, "rule?": text, "says?": digest,
        "until?": text, "nonce?": text, "jws?": text,
    },
    "key": {"act": text, "subject": text, "by": text, "kid?": text, "x?": text, "why?": text, "old?": text, "new?": text,
            "sig?": base64_text, "proof?": base64_text},
    "erasure": {"ground": text, "by": text, "count": count},
    "config": {
        "act": one_of("retention", "hold.placed", "hold.lifted"), "by": text, "roles?": texts, "why?": text,
        "days?": days, "hold?": id128,
    },
    "prune": {"by": text, "from": count, "to": count, "before": time, "days": days, "count": count},
    "shard_link": {"prev": text, "size": count, "root": digest, "base": count},
    "recover": {"by": text, "why": text, "from": count, "to": count, "root": digest},
    "access": {"who": text, "roles": texts, "act": text, "filter?": text, "count": count},
}
_tables = {
    kind: [(key.rstrip("?"), check, key.endswith("?")) for key, check in {**_common, **shape}.items()]
    for kind, shape in _kinds.items()
}


def read(body):
    try:
        value = canonical.read(body)
    except canonical.NotCanonical as error:
        raise Invalid(str(error)) from error
    if not isinstance(value, dict):
        raise Invalid("not an object")
    if type(value.get("v")) is not int or value["v"] != 1:
        raise Invalid("unknown version")
    kind = value.get("k")
    table = _tables.get(kind) if isinstance(kind, str) else None
    if table is None:
        raise Invalid("unknown kind")
    seen = 2
    for key, check, optional in table:
        there = key in value
        seen += there
        if not (check(value[key]) if there else optional):
            raise Invalid(f"{kind}: {key}")
    if len(value) != seen:
        raise Invalid(f"{kind}: a key that is not in the table")
    return value


def unbase64(value):
    """Standard base 64 in its one spelling, else None."""
    try:
        data = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == value else None


def signed(key, message, signature):
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def boot_key(record, enrol):
    """The public key of a boot if the enrolment key certified it, else None."""
    cert, spki = unbase64(record["cert"]), unbase64(record["key"])
    message = canonical.write(
        {"boot": record["boot"], "inst": record["inst"], "key": record["key"], "what": "douane-boot-v1"}
    )
    if cert is None or spki is None or len(cert) != 64 or not signed(enrol, message, cert):
        return None
    try:
        key = load_der_public_key(spki)
    except ValueError:
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


_seal = {"batch": name, "boot": name, "first": count, "firstIseq": count, "inst": name, "n": count, "sig": base64_text}


def read_seal(line):
    try:
        value = canonical.read(line)
    except canonical.NotCanonical as error:
        raise Invalid(str(error)) from error
    if not isinstance(value, dict) or list(value) != list(_seal):
        raise Invalid("seal: its keys")
    sig = unbase64(value["sig"]) if isinstance(value["sig"], str) else None
    if not all(check(value[key]) for key, check in _seal.items()) or sig is None or not 1 <= value["n"] <= MAX_BATCH:
        raise Invalid("seal: a value of the wrong form")
    return {**value, "sig": sig}


def seal_holds(stream, seal, hashes, key):
    message = canonical.write({
        "batch": seal["batch"], "boot": seal["boot"], "firstIseq": seal["firstIseq"],
        "hashes": [one.hex() for one in hashes], "inst": seal["inst"], "n": len(hashes), "stream": stream,
    })
    return len(seal["sig"]) == 64 and signed(key, message, seal["sig"])


def readable_line(index, leaf, body):
    """A leaf as a line for people: what is not printable ASCII as escaped UTF-16 units."""
    if not body:
        return f'{{"index":{index},"hash":"{leaf.hex()}","pruned":true}}'.encode()
    said = body.decode("utf-8", "replace")
    if not said.isascii() or not said.isprintable():
        units = said.encode("utf-16-be")
        pairs = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
        said = "".join(chr(unit) if 0x20 <= unit <= 0x7E else f"\\u{unit:04x}" for unit in pairs)
    return f'{{"index":{index},"hash":"{leaf.hex()}","record":{said}}}'.encode()
