"""One log of a bundle, from its signed head down to each record."""

from . import merkle, note
from . import record as form
from .records import Records
from .report import INCOMPLETE, TAMPERED, UNDECIDED
from .rotation import follow_keys

MAX_ENTRIES = merkle.WIDTH * (2 + 65535)
WHY = {
    "malformed": "is not a signed checkpoint",
    "signature": "carries a signature of the pinned key that does not hold",
    "origin": "speaks of another log than its signature",
    "untrusted": "is not signed by the pinned key",
}


def open_head(data, pin, path, report):
    try:
        return note.open_checkpoint(data, pin)
    except note.Refused as error:
        if str(error) == "untrusted" and not data.startswith(f"{pin.name}\n".encode()):
            report.add(UNDECIDED, path, "is of a log that is not pinned")
        else:
            report.add(TAMPERED, path, WHY[str(error)])
        return None


def enrolment_of(first, pinned, report):
    """The key that certifies boots: pinned, else the one that the signed log named at its beginning."""
    for body in first:
        if b'"k":"genesis"' not in body:
            continue
        try:
            named = note.read_vkey(form.read(body).get("enrol", ""))
        except (form.Invalid, note.Refused):
            continue
        if pinned is not None and pinned != named:
            report.add(TAMPERED, "transfers", "the log began with another enrolment key than the pinned one")
        return pinned or named
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


def check_log(files, stream, folder, beside, pin, pinned_enrol, report):
    """The signed head, the key that signed it and the enrolment key that counts, or three times None."""
    data = files.small(f"{folder}/checkpoint")
    keys_path = "keys/log.rotations.jsonl" if stream == "evidence" else "keys/access.rotations.jsonl"
    pin, announcements = follow_keys(files, keys_path, pin, report)
    head = open_head(data, pin, f"{folder}/checkpoint", report) if data is not None else None
    if head is None:
        return None, None, None
    seals = Seals(files.lines(f"{beside}batches.jsonl", 1 << 18), f"{beside}batches.jsonl", report)
    readable_path = f"{beside}entries.jsonl"
    readable = files.lines(readable_path, 8 * 65536)
    different = readable is None
    tiles, records, enrol, waiting, at = merkle.Tiles(), None, pinned_enrol, None, 0

    def check_tile(level, n, width, made):
        path = f"{folder}/{merkle.tile_path(level, n, width)}"
        stored = files.small(path)
        if stored is not None and stored != made:
            report.add(TAMPERED, path, "is not the tile that the records make")

    for entries in bundles(files, folder, head.size, report):
        if at == 0:
            enrol = enrolment_of(entries, pinned_enrol, report)
            if enrol is None:
                what = "no enrolment key is pinned or named by the log: seals were not checked"
                report.add(UNDECIDED, folder, what)
            else:
                records = Records(stream, enrol.key, report, announcements)
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
            if waiting is None and (seal := seals.next(at)) is not None:
                waiting = (seal, [], [])
            if waiting is not None:
                waiting[1].append(body)
                waiting[2].append(leaf)
                if len(waiting[1]) == waiting[0]["n"]:
                    if records is not None:
                        records.batch(*waiting)
                    waiting = None
            if not different and next(readable, None) != form.readable_line(at, leaf, body):
                different = True
                report.add(TAMPERED, readable_path, f"line {at + 1} does not say what the record says")
            at += 1
    if at < head.size:
        return head, pin, enrol
    for partial in tiles.partial():
        check_tile(*partial)
    if tiles.root() != head.root:
        report.add(TAMPERED, folder, "the records do not make the signed root")
    if waiting is not None:
        report.add(TAMPERED, seals.path, "the last seal covers records that are not there")
    else:
        seals.end(head.size)
    if not different and next(readable, None) is not None:
        report.add(TAMPERED, readable_path, "has more lines than the log has records")
    if records is not None:
        records.done()
    return head, pin, enrol
