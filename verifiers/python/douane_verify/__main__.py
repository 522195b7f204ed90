"""python3 -m douane_verify --pin FILE [--pin-root …] [--pin-tsa …] [--witnesses …] [--earlier …] BUNDLE: see README.md."""

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
    parser.add_argument("--pin-tsa", help="root certificate (PEM) of the time-stamping authority, as it publishes it")
    parser.add_argument("--witnesses", help="C2SP tlog-policy: which witnesses must have cosigned the head")
    parser.add_argument("--earlier", help="a signed checkpoint that you hold: the log must have grown from it")
    parser.add_argument("bundle")
    args = parser.parse_args()
    try:
        pin, root, tsa = read(args.pin), read(args.pin_root), read(args.pin_tsa)
        policy = None if args.witnesses is None else read(args.witnesses)
        earlier = None if args.earlier is None else read(args.earlier)
    except OSError:
        print("the pin file cannot be read", file=sys.stderr)
        return 3
    report = verify(args.bundle, pin, root, policy, earlier, tsa)
    report.print()
    return report.exit


if __name__ == "__main__":
    sys.exit(main())
