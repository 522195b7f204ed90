"""RFC 8785 narrowed to objects, arrays, strings, booleans and safe integers: one spelling for each value."""

import json

MAX_DEPTH = 32
MAX_SAFE = 2**53 - 1


class NotCanonical(Exception):
    pass


def _refuse(_):
    raise NotCanonical("a number that is no safe integer")


def utf16(text):
    """RFC 8785 §3.2.3: keys are in order of their UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def _sorted(value, depth=0):
    if isinstance(value, (dict, list)) and depth >= MAX_DEPTH:
        raise NotCanonical("nested too deeply")
    if isinstance(value, dict):
        return {key: _sorted(value[key], depth + 1) for key in sorted(value, key=utf16)}
    if isinstance(value, list):
        return [_sorted(one, depth + 1) for one in value]
    if value is None or isinstance(value, int) and abs(value) > MAX_SAFE:
        raise NotCanonical("a value of the wrong type")
    return value


def write(value):
    text = json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def read(data):
    """Reads the value and writes it again: white space, duplicates, another order or escape show."""
    try:
        value = json.loads(data.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
        again = write(value)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not UTF-8 JSON") from error
    if again != data:
        raise NotCanonical("not in canonical form")
    return value
