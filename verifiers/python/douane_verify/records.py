"""What the records of a log say together: chains of boots, seals, one intent and one end per attempt, time."""

from datetime import datetime, timedelta

from . import record as form
from .rotation import ENROL_ROTATED, INSTANCE_REVOKED, is_of_keys, is_rotation, read_rotation
from .upkeep import Upkeep
from .report import NOTE, TAMPERED

CLOCK_SLACK = timedelta(seconds=60)
TILE = 256


class Chain:
    def __init__(self, key, inst):
        self.key, self.inst = key, inst
        self.next, self.previous = 0, "0" * 64
        self.latest = self.coming = ""


def _at(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class Records:
    def __init__(self, stream, enrol, trusted, report, announcements=()):
        self.stream, self.report = stream, report
        # the enrolment keys that the log has had, the newest last, the pinned one, and boots whose key was revoked
        self.enrolment, self.trusted, self.revoked = [enrol], trusted, set()
        # the bytes of the records that announce keys of the log, in order, and how many of them came
        self.announcements, self.announced = announcements, 0
        self.chains, self.refused, self.genesis = {}, set(), 0
        # index of the intent, or -1 - index once it has its outcome
        self.attempts = {}
        self.upkeep = Upkeep()
        self.base, self.edges = 0, []

    def fault(self, index, what):
        where = "transfers" if self.stream == "evidence" else "access"
        self.report.add(TAMPERED, f"{where} {index}", what)

    def read(self, body, index):
        try:
            return form.read(body)
        except form.Invalid as error:
            self.fault(index, f"is no record that this version knows ({error})")
            return None

    def batch(self, seal, bodies, hashes):
        first = seal["first"]
        records = [self.read(body, first + i) if body else None for i, body in enumerate(bodies)]
        if seal["boot"] in self.revoked:
            self.fault(first, "is sealed by a boot whose key was revoked")
        if seal["boot"] not in self.chains and records[0] is not None:
            self.begin(records[0], seal)
        chain = self.chains.get(seal["boot"])
        if chain is None:
            self.fault(first, "belongs to a boot whose certified boot record is not in the log")
        elif not form.seal_holds(self.stream, seal, hashes, chain.key):
            self.fault(first, f"the seal over {seal['n']} records does not hold")
        for i, record in enumerate(records):
            if not bodies[i]:
                self.gone(chain, seal, hashes[i], i)
            if record is None:
                continue
            if chain is not None:
                self.link(chain, record, seal, first + i, i)
            self.meaning(record, first + i)
            if is_rotation(record):
                self.announce(bodies[i], first + i)
            if chain is not None:
                chain.next = record["iseq"] + 1
                chain.previous = hashes[i].hex()
        if chain is not None:
            chain.latest = chain.coming

    def begin(self, record, seal):
        if record["k"] != "boot" or record["iseq"] != 0:
            return
        key = form.boot_key(record, self.enrolment[-1].key)
        if key is None:
            self.fault(seal["first"], "is a boot that the enrolment key did not certify")
        else:
            self.chains[record["boot"]] = Chain(key, record["inst"])

    def link(self, chain, record, seal, index, i):
        if record["boot"] != seal["boot"] or record["inst"] != chain.inst or seal["inst"] != chain.inst:
            self.fault(index, "names another instance or boot than its seal")
        elif (record["iseq"], record["iseq"], record["iprev"]) != (chain.next, seal["firstIseq"] + i, chain.previous):
            self.fault(index, "does not continue the chain of its boot")
        elif (record["k"] == "boot") != (record["iseq"] == 0):
            self.fault(index, "is a boot record in the wrong place")
        if record["k"] == "outcome":
            return
        if record["t"] < chain.latest and _at(chain.latest) - _at(record["t"]) > CLOCK_SLACK:
            self.fault(index, "is older than the records before it")
        chain.coming = max(chain.coming, record["t"])

    def gone(self, chain, seal, leaf, i):
        """A leaf without bytes: its hash holds its place in the tree, under the seal and in the chain of its boot."""
        index = seal["first"] + i
        self.upkeep.gone(index)
        if chain is None:
            return
        if chain.next != seal["firstIseq"] + i:
            self.fault(index, "does not continue the chain of its boot")
        chain.next, chain.previous = seal["firstIseq"] + i + 1, leaf.hex()

    def shard(self, base):
        """A tree begins at that place."""
        self.base, self.edges = base, []

    def edge(self, kind, index):
        """A link stands at the beginning of a later tree, and nothing but a recovery after it."""
        right = self.edges == ([] if kind == "shard_link" else ["shard_link"])
        if self.base == 0 or index - self.base > 2 or not right:
            self.fault(index, "does not belong in this place")
        self.edges.append(kind)

    def announce(self, body, index):
        if self.announcements[self.announced : self.announced + 1] == [body]:
            self.announced += 1
        else:
            self.fault(index, "announces another key than the one that was followed")

    def seal_keys(self, record, index):
        """A new enrolment key certifies every boot that begins after its record; a key that was revoked seals no more."""
        if record["act"] == INSTANCE_REVOKED:
            self.revoked.add(record["subject"])
        elif record["act"] == ENROL_ROTATED:
            found = read_rotation(record)
            if found is None or found[0].raw != self.enrolment[-1].raw:
                self.fault(index, "announces an enrolment key that does not follow the one before")
            else:
                self.enrolment.append(found[1])

    def meaning(self, record, index):
        kind = record["k"]
        for what in self.upkeep.keep(record, index):
            self.fault(index, what)
        if kind == "key":
            self.seal_keys(record, index)
        if kind in ("shard_link", "recover"):
            self.edge(kind, index)
        if (kind == "access") != (self.stream == "access") and kind not in (
            "boot", "genesis", "config", "prune", "shard_link", "recover"
        ) and not is_of_keys(record):
            self.fault(index, "does not belong in this log")
        if kind == "genesis":
            self.genesis += 1
            if self.genesis > 1 or index >= TILE:
                self.fault(index, "is a second beginning")
        elif kind == "intent":
            if self.attempts.setdefault((record["tid"], record["attempt"]), index) != index:
                self.fault(index, "is a second intent of the same attempt")
        elif kind == "refusal":
            if record["tid"] in self.refused:
                self.fault(index, "is a second refusal of the same transfer")
            self.refused.add(record["tid"])
        elif kind == "outcome":
            attempt = (record["tid"], record["attempt"])
            intent = self.attempts.get(attempt)
            if intent is None and record["intent"] < index and self.upkeep.is_gone(record["intent"]):
                self.attempts[attempt] = -1 - record["intent"]
            elif intent is None:
                self.fault(index, "is the end of an attempt that has no earlier intent")
            elif intent < 0:
                self.fault(index, "is a second end of the same attempt")
            elif intent != record["intent"]:
                self.fault(index, "points to another record than its intent")
            else:
                self.attempts[attempt] = -1 - intent

    def done(self):
        if self.trusted is not None and all(one.raw != self.trusted.raw for one in self.enrolment):
            self.report.add(TAMPERED, "keys", "the log does not lead to the pinned enrolment key")
        for index in self.upkeep.unexplained():
            self.fault(index, "is gone, and no record says that it was pruned")
        for index in self.upkeep.short():
            self.fault(index, "says that fewer were pruned than are gone")
        if count := self.upkeep.count():
            what = f"{count} records below {self.upkeep.pruned} were pruned: their retention was over"
            self.report.add(NOTE, self.stream, what)
        if self.announced < len(self.announcements):
            self.report.add(TAMPERED, "keys", "a key was followed that the log does not announce")
        open_ones = [index for index in self.attempts.values() if index >= 0]
        self.report.open += len(open_ones)
        for index in open_ones[:100]:
            self.report.add(NOTE, f"transfers {index}", "has no end in the log: it may have been sent")
