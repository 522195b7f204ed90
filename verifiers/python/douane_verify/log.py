"""One log of a bundle, from its signed head down to each record."""

import re

from . import merkle, note
from . import record as form
from .records import Records
from .report import INCOMPLETE, TAMPERED, UNDECIDED
from .rotation import follow_keys

SHARD = re.compile("[0-9]{4}h[12](-[2-9])?")
MAX_ENTRIES = merkle.WIDTH * (2 + 65535)
WHY = {
    "malformed": "is not a signed checkpoint",
    "signature": "carries a signature of the pinned key that does not hold",
    "origin": "speaks of another log than its signature",
    "untrusted": "is not signed by the pinned key",
}


def open_head(data, origin, known, path, report):
    """A checkpoint that one of the known keys signed."""
    why, found = "untrusted", None
    for key in known:
        try:
            opened = note.open_checkpoint(data, key.named(origin))
            found = found or opened
        except note.Refused as error:
            # a key that signed wrongly spoils what another signed
            if str(error) != "untrusted":
                why, found = str(error), None
                break
    if found is not None:
        return found
    if why == "untrusted" and not data.startswith(f"{origin}\n".encode()):
        report.add(UNDECIDED, path, "is of a log that is not pinned")
    else:
        report.add(TAMPERED, path, WHY[why])
    return None


def enrolment_of(first, pinned):
    """The key that certifies the first boots: the one that the signed log named at its beginning, else the pinned one."""
    for body in first:
        if b'"k":"genesis"' not in body:
            continue
        try:
            return note.read_vkey(form.read(body).get("enrol", ""))
        except (form.Invalid, note.Refused):
            continue
    return pinned


class Seals:
    """A hole between seals is a fault, an end too soon is a lack; reported once."""

    def __init__(self, lines, path, report):
        self.lines, self.path, self.report = lines, path, report
        self.broken, self.at = lines is None, 0

    def fail(self, level, what):
        self.broken = True
        self.report.add(level, self.path, what)

    def next(self, index):
        if self.broken:
            return None
        line = next(self.lines, None)
        if line is None:
            return self.fail(INCOMPLETE, f"ends before record {index}")
        try:
            seal = form.read_seal(line)
        except form.Invalid:
            return self.fail(TAMPERED, f"the seal at record {index} cannot be read")
        if seal["first"] != index:
            return self.fail(TAMPERED, f"the records from {index} on have no seal")
        self.at = index + seal["n"]
        return seal

    def end(self, size):
        if not self.broken and (self.at != size or next(self.lines, None) is not None):
            self.fail(TAMPERED, "has more seals than the log has records")


def bundles(files, folder, size, report):
    """Entry bundles in order; stops at the first that is missing or not whole."""
    for n in range(-(-size // merkle.WIDTH)):
        width = min(merkle.WIDTH, size - n * merkle.WIDTH)
        path = f"{folder}/{merkle.tile_path('entries', n, width)}"
        data = files.small(path, MAX_ENTRIES)
        if data is None:
            return
        entries = merkle.read_entries(data)
        if entries is None or len(entries) != width:
            cut = entries is not None and len(entries) < width and (n + 1) * merkle.WIDTH >= size
            what = "has fewer records than the checkpoint covers" if cut else "does not hold the records it should"
            report.add(INCOMPLETE if cut else TAMPERED, path, what)
            return
        yield entries


class Reading:
    """What is known of a log after the trees that were read."""

    def __init__(self, enrol, announcements, earlier, keys):
        self.earlier, self.keys = earlier, keys
        self.pinned_enrol, self.enrol, self.announcements = enrol, enrol, announcements
        self.records, self.place, self.before = None, 0, None


def check_log(files, stream, top, pin, pinned_enrol, report, earlier=None):
    """A log of the bundle, its trees one after the other: their heads, the newest key, the enrolment key, or None."""
    keys_path = "keys/log.rotations.jsonl" if stream == "evidence" else "keys/access.rotations.jsonl"
    keys, announcements = follow_keys(files, keys_path, pin, report)
    reading, heads, whole = Reading(pinned_enrol, announcements, earlier, keys), [], True
    names = ["", *sorted(name for name in files.folders(f"{top}-") if SHARD.fullmatch(name))]
    for name in names:
        folder = f"{top}-{name}" if name else top
        beside = "" if folder == "log" else f"{folder}/"
        origin = f"{pin.name}/{name}" if name else pin.name
        known = keys[-1:] if name == names[-1] else keys
        head, whole = check_tree(files, stream, (folder, beside), (origin, known), reading, report)
        if head is None:
            return None
        heads.append(head)
        if not whole:
            break
        reading.before = head
    if whole and reading.records is not None:
        reading.records.done()
    if reading.records is not None:
        reading.enrol = reading.records.enrolment[-1]
    return heads, keys[-1], reading.enrol


def _read(body):
    try:
        return form.read(body)
    except form.Invalid:
        return {"k": ""}


def place_of(entries, folder, reading, report):
    """Where a tree begins: the link of a later one must name the final head of the one before."""
    before, place = reading.before, reading.place
    if before is None:
        return place
    records = [_read(body) for body in entries[:3]]
    at = 1 if records[0]["k"] == "boot" else 0
    link = records[at] if at < len(records) else {"k": ""}
    if link["k"] != "shard_link":
        report.add(TAMPERED, folder, "does not begin with a link to the tree before")
        return place
    if (link["prev"], link["size"], link["root"]) != (before.origin, before.size, before.root.hex()):
        report.add(TAMPERED, folder, "begins with a link to another head than that of the tree before")
    base = link["base"]
    recover = records[at + 1] if at + 1 < len(records) else {"k": ""}
    if recover["k"] == "recover":
        if (recover["from"], recover["to"]) != (place, base) or base < place:
            report.add(TAMPERED, folder, "is a recovery from another place than where the tree before ends")
        else:
            what = f"records {place} to {base - 1} may be missing: the database was restored"
            report.add(INCOMPLETE, folder, what)
    elif base != place:
        report.add(TAMPERED, folder, "begins at another place than where the tree before ends")
    return base


def mark_in(head, reading, path, report):
    """The checkpoint that the auditor holds, if it is of this tree: the tree must have grown from it."""
    earlier = reading.earlier
    if earlier is None or not earlier.note.startswith(f"{head.origin}\n".encode()):
        return None
    earlier.met, found = True, None
    for key in reading.keys:
        try:
            found = found or note.open_checkpoint(earlier.note, key.named(head.origin))
        except note.Refused as error:
            if str(error) != "untrusted":
                found = None
                break
    if found is None:
        report.add(UNDECIDED, "earlier", "is not signed by a key of this log")
    elif found.size > head.size:
        report.add(INCOMPLETE, path, "is older than the checkpoint that you hold")
        return None
    return found


class Earlier:
    """A checkpoint that the auditor holds."""

    def __init__(self, data):
        self.note, self.met = data, False


def check_tree(files, stream, where, signers, reading, report):
    """One tree: its signed head, or None, and whether every record of it was read."""
    folder, beside = where
    data = files.small(f"{folder}/checkpoint")
    head = open_head(data, *signers, f"{folder}/checkpoint", report) if data is not None else None
    if head is None:
        return None, False
    seals = Seals(files.lines(f"{beside}batches.jsonl", 1 << 18), f"{beside}batches.jsonl", report)
    readable_path = f"{beside}entries.jsonl"
    readable = files.lines(readable_path, 8 * 65536)
    different = readable is None
    tiles, waiting, at, base = merkle.Tiles(), None, 0, reading.place
    mark = mark_in(head, reading, f"{folder}/checkpoint", report)
    if mark is not None and mark.size == 0:
        mark = None

    def check_tile(level, n, width, made):
        path = f"{folder}/{merkle.tile_path(level, n, width)}"
        stored = files.small(path)
        if stored is not None and stored != made:
            report.add(TAMPERED, path, "is not the tile that the records make")

    for entries in bundles(files, folder, head.size, report):
        if at == 0:
            base = place_of(entries, folder, reading, report)
            if reading.before is None:
                begin(entries, stream, folder, reading, report)
            if reading.records is not None:
                reading.records.shard(base)
        kept = None
        if not all(entries):
            # of leaves that have lost their bytes the tile holds the hashes, and the root proves them
            kept = files.small(f"{folder}/{merkle.tile_path(0, at // merkle.WIDTH, len(entries))}")
            if kept is None:
                break
        for i, body in enumerate(entries):
            leaf = merkle.leaf_hash(body) if body else kept[32 * i : 32 * i + 32].ljust(32, b"\0")
            for full in tiles.push(leaf):
                check_tile(*full)
            if waiting is None and (seal := seals.next(base + at)) is not None:
                waiting = (seal, [], [])
            if waiting is not None:
                waiting[1].append(body)
                waiting[2].append(leaf)
                if len(waiting[1]) == waiting[0]["n"]:
                    if reading.records is not None:
                        reading.records.batch(*waiting)
                    waiting = None
            if not different and next(readable, None) != form.readable_line(base + at, leaf, body):
                different = True
                report.add(TAMPERED, readable_path, f"line {at + 1} does not say what the record says")
            at += 1
            if mark is not None and at == mark.size and tiles.root() != mark.root:
                what = "and the checkpoint that you hold are two histories of one log"
                report.add(TAMPERED, f"{folder}/checkpoint", what)
    reading.place = base + head.size
    if at < head.size:
        return head, False
    for partial in tiles.partial():
        check_tile(*partial)
    if tiles.root() != head.root:
        report.add(TAMPERED, folder, "the records do not make the signed root")
    if waiting is not None:
        report.add(TAMPERED, seals.path, "the last seal covers records that are not there")
    else:
        seals.end(base + head.size)
    if not different and next(readable, None) is not None:
        report.add(TAMPERED, readable_path, "has more lines than the log has records")
    return head, True


def begin(entries, stream, folder, reading, report):
    """The first records of the log say which enrolment key counts."""
    reading.enrol = enrolment_of(entries, reading.pinned_enrol)
    if reading.enrol is None:
        report.add(UNDECIDED, folder, "no enrolment key is pinned or named by the log: seals were not checked")
    else:
        reading.records = Records(stream, reading.enrol, reading.pinned_enrol, report, reading.announcements)
