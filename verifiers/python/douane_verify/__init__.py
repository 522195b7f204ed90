"""Checks an exported audit bundle of Douane: standard library and `cryptography`, no code of Douane."""

import sys

import cryptography

if int(cryptography.__version__.split(".")[0]) < 40:
    # 3: cannot decide. An older one cannot check who issued a certificate, and would break off in the middle
    print("the package cryptography has to be of version 40 or later", file=sys.stderr)
    raise SystemExit(3)

from .verify import verify  # noqa: E402

__all__ = ["verify"]
