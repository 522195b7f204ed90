"""Checks an exported audit bundle of Douane: standard library and `cryptography`, no code of Douane."""

from .verify import verify

__all__ = ["verify"]
