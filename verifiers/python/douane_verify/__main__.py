"""python3 -m douane_verify --pin FILE [--pin-root FILE] BUNDLE: 0 verified, 1 tampered, 2 incomplete, 3 cannot decide."""

import argparse
import sys

from .verify import verify


class Parser(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(3, f"{message}\n")


def read(path):
    if path is None:
        return b""
    with open(path, "rb") as file:
        return file.read()


def main():
    parser = Parser(prog="douane_verify")
    parser.add_argument("--pin", help="public keys of the log, got from somewhere else than the bundle")
    parser.add_argument("--pin-root", help="root certificate (PEM), got from somewhere else than the bundle")
    parser.add_argument("bundle")
    args = parser.parse_args()
    try:
        pin, root = read(args.pin), read(args.pin_root)
    except OSError:
        print("the pin file cannot be read", file=sys.stderr)
        return 3
    report = verify(args.bundle, pin, root)
    report.print()
    return report.exit


if __name__ == "__main__":
    sys.exit(main())
