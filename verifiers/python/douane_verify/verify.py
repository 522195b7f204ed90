"""The whole bundle. Believes the pinned keys and arithmetic, nothing that the bundle says of itself."""

import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from . import canonical, note
from .certificates import read_roots
from .certified import check_certified
from .files import Files
from .log import Earlier, check_log
from .report import INCOMPLETE, TAMPERED, UNDECIDED, Report
from .stamped import check_stamped
from .witnesses import Quorum, Refused, check_witnessed


def verify(folder, pin_text, root_text=b"", policy_text=None, earlier_note=None, tsa_text=b""):
    """A Report; never one that exits with 0 if a check was left out."""
    report = Report()
    try:
        pins = note.read_pins(pin_text)
    except note.Refused:
        report.add(UNDECIDED, "pin", "cannot be read: it must hold one vkey a line")
        return report
    roots = {}
    for name, data in (("pin-root", root_text), ("pin-tsa", tsa_text)):
        try:
            roots[name] = read_roots(data)
        except ValueError:
            report.add(UNDECIDED, name, "cannot be read: it must hold certificates in PEM")
            return report
    try:
        quorum = None if policy_text is None else Quorum(policy_text)
    except Refused:
        report.add(UNDECIDED, "witnesses", "cannot be read: it must be a tlog-policy")
        return report
    logs = [one for one in pins if one.name.endswith("/transfers")]
    if len(logs) != 1:
        report.add(UNDECIDED, "pin", "must hold the key of one log (NAME/transfers) that was obtained before")
        return report
    if os.path.islink(folder) or not os.path.isdir(folder):
        report.add(INCOMPLETE, "bundle", "is not a folder")
        return report
    try:
        earlier = None if earlier_note is None else Earlier(earlier_note)
        _check_folder(Files(folder, report), pins, logs[0], (roots, quorum, earlier), report)
        if earlier is not None and not earlier.met:
            report.add(UNDECIDED, "earlier", "is of no log of this bundle")
    except OSError:
        report.add(UNDECIDED, "bundle", "a file or folder of it cannot be read")
    return report


def _check_folder(files, pins, log, asked, report):
    roots, quorum, earlier = asked
    name = log.name.removesuffix("/transfers")
    pinned = {one.name: one for one in reversed(pins)}
    enrol_pin, access_pin = pinned.get(f"{name}/enrol"), pinned.get(f"{name}/access")
    files.check_policies(files.check_sums())
    heads = []
    found = check_log(files, "evidence", "log", log, enrol_pin, report, earlier)
    if found is not None:
        trees, newest, enrol = found
        heads.extend(trees)
        _check_copies(files, trees[-1], newest, enrol, report)
        if quorum is not None:
            check_witnessed(trees[-1].note, trees[-1], quorum, report)
        signed = check_certified(files, trees[-1], roots["pin-root"], report)
        check_stamped(files, trees[-1], signed, roots["pin-tsa"], report)
    has_access = files.exists("access")
    if has_access and access_pin is None:
        report.add(UNDECIDED, "access", "the key of the access log is not pinned")
    elif has_access:
        second = check_log(files, "access", "access", access_pin, enrol_pin, report, earlier)
        if second is not None:
            heads.extend(second[0])
    if "access" in _check_manifest(files, heads, report) and not has_access:
        report.add(INCOMPLETE, "access", "is missing")


def _check_copies(files, head, log, enrol, report):
    """The convenience copies at the top must be of the signed head and the keys that count."""
    for path, expected, what in (
        ("checkpoint.txt", head.text.encode(), "is not the text of the checkpoint"),
        ("checkpoint.note.sig", head.sig, "is not the signature of the checkpoint"),
    ):
        data = files.small(path)
        if data is not None and data != expected:
            report.add(TAMPERED, path, what)
    for path, read, expected in (
        ("keys/log.pub.pem", _pem, log),
        ("keys/log.vkey", _vkey, log),
        ("keys/enrol.vkey", _vkey, enrol),
    ):
        data = files.small(path)
        if data is not None and expected is not None and not read(data, expected):
            report.add(TAMPERED, path, "is not the key that counts")


def _pem(data, expected):
    try:
        key = load_pem_public_key(data)
    except (ValueError, TypeError):
        return False
    return isinstance(key, Ed25519PublicKey) and key.public_bytes(Encoding.Raw, PublicFormat.Raw) == expected.raw


def _vkey(data, expected):
    try:
        return note.read_vkey(data.decode().removesuffix("\n")) == expected
    except (note.Refused, UnicodeDecodeError):
        return False


def _check_manifest(files, heads, report):
    """The folders that it names."""
    path = "MANIFEST.json"
    data = files.small(path)
    if data is None:
        return []
    try:
        manifest = canonical.read(data.rstrip())
        if not isinstance(manifest, dict) or manifest.get("format") != "douane-audit-bundle-v1":
            report.add(UNDECIDED, path, "is of a form that this version does not know")
            return []
        said = {(log.get("origin"), log.get("size"), log.get("root")) for log in manifest["logs"]}
        folders = [log.get("folder") for log in manifest["logs"]]
    except (canonical.NotCanonical, KeyError, TypeError, AttributeError):
        report.add(TAMPERED, path, "cannot be read")
        return []
    for head in heads:
        if (head.origin, head.size, head.root.hex()) not in said:
            report.add(TAMPERED, path, "does not say what the checkpoint says")
    return folders
