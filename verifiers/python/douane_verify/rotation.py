"""From the key that was pinned to the one that signs now. A new key is announced in the log by a record that the old
key and the new one sign; a pin may be any key that the log has had."""

from . import canonical, note
from . import record as form
from .report import TAMPERED

MAX_ROTATIONS = 4096


def is_rotation(record):
    return record["k"] == "key" and record["act"] == "log.rotated"


# in the same form, a new key that certifies boots; and the key of a boot that is no longer its own
ENROL_ROTATED, INSTANCE_REVOKED = "enrol.rotated", "instance.revoked"
WHAT = {"log.rotated": "douane-log-key-v1", ENROL_ROTATED: "douane-enrolment-key-v1"}


def is_of_keys(record):
    """Records about the keys of the log and of those who write it are in either log."""
    return record["k"] == "key" and (record["act"] in WHAT or record["act"] == INSTANCE_REVOKED)


def read_rotation(record):
    """Both keys, or None if one of the signatures does not hold."""
    try:
        old, new = note.read_vkey(record.get("old", "")), note.read_vkey(record.get("new", ""))
    except note.Refused:
        return None
    if record["subject"] != old.name or new.name != old.name or new.raw == old.raw:
        return None
    message = canonical.write({"new": record["new"], "old": record["old"], "what": WHAT[record["act"]]})
    sig, proof = form.unbase64(record.get("sig", "")), form.unbase64(record.get("proof", ""))
    if sig is None or proof is None or len(sig) != 64 or len(proof) != 64:
        return None
    return (old, new) if form.signed(old.key, message, sig) and form.signed(new.key, message, proof) else None


def follow_keys(files, path, pin, report):
    """All keys, the newest of which must have signed the head, and the records that announced it, as they must stand in the log."""
    announcements, keys = [], []
    if not files.is_file(path):
        return [pin], announcements
    for line in files.lines(path, 1 << 16):
        found = None
        try:
            record = form.read(line)
            if is_rotation(record) and len(keys) <= MAX_ROTATIONS:
                found = read_rotation(record)
        except form.Invalid:
            pass
        if found is None or (keys and keys[-1] != found[0]):
            report.add(TAMPERED, path, f"line {len(announcements) + 1} does not announce the next key")
            break
        keys = [*(keys or [found[0]]), found[1]]
        announcements.append(line)
    if keys and pin not in keys:
        report.add(TAMPERED, path, "does not lead on from the pinned key")
    return (keys if pin in keys else [pin]), announcements
