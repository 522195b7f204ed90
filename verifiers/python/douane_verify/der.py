"""DER (X.690 §10), as much as certificates, CMS and time-stamps need: read to the letter, written the one way there is."""

from typing import NamedTuple

BOOLEAN, INTEGER, BITS, OCTETS, NULL, OID, UTC_TIME, TIME, SEQUENCE, SET = 1, 2, 3, 4, 5, 6, 0x17, 0x18, 0x30, 0x31


class NotDer(ValueError):
    """These bytes are not of the form that was asked for."""


class Value(NamedTuple):
    tag: int
    content: bytes
    whole: bytes


def _shape(right):
    if not right:
        raise NotDer


def _one(data, start):
    _shape(start + 2 <= len(data) and data[start] & 0x1F != 0x1F)
    at, length = start + 2, data[start + 1]
    if length >= 0x80:
        count = length & 0x7F
        digits = data[at : at + count]
        _shape(1 <= count <= 4 and len(digits) == count)
        length = int.from_bytes(digits, "big")
        # the shortest form there is
        _shape(digits[0] != 0 and length >= 0x80)
        at += count
    _shape(at + length <= len(data))
    return Value(data[start], data[at : at + length], data[start : at + length])


def values(data):
    """Values side by side, to the last byte."""
    out, at = [], 0
    while at < len(data):
        out.append(_one(data, at))
        at += len(out[-1].whole)
    return out


def members(value, tag=SEQUENCE, least=0):
    """What is in a value of that tag."""
    _shape(value is not None and value.tag == tag)
    out = values(value.content)
    _shape(len(out) >= least)
    return out


def only(value, tag):
    """The one value that is in a value of that tag."""
    out = members(value, tag)
    _shape(len(out) == 1)
    return out[0]


def single(data, tag=SEQUENCE):
    """The one value that these bytes are."""
    out = values(data)
    _shape(len(out) == 1 and out[0].tag == tag)
    return out[0]


def content(value, tag):
    _shape(value.tag == tag)
    return value.content


def write(tag, *parts):
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    digits = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(digits))) + digits + body


def sequence(*parts):
    return write(SEQUENCE, *parts)


def set_of(tag, *parts):
    """X.690 §11.6: the members of a SET OF are in order of their encodings."""
    return write(tag, *sorted(parts))


def oid(dotted):
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for arc in (first * 40 + second, *rest):
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.insert(0, arc & 0x7F | 0x80)
        out += bytes(septets)
    return write(OID, bytes(out))
