"""What a log says of its own upkeep: how long it is kept, what may not be pruned for now, what was pruned. A pruned leaf
keeps its place and its hash and loses its bytes."""

from bisect import bisect_right
from datetime import datetime, timezone

PRUNABLE = ("intent", "outcome", "refusal", "access")
DAY, SLACK = 86_400_000, 60_000
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def _ms(text):
    since = datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


class Upkeep:
    def __init__(self):
        self.days, self.holds, self.pruned = None, set(), 0
        # leaves without bytes, as stretches in order; records that are never pruned
        self.starts, self.ends, self.stays, self.prunes = [], [], [], []

    def keep(self, record, index):
        """What is wrong with this record."""
        kind = record["k"]
        if kind == "config":
            yield from self._config(record)
        elif kind == "prune":
            yield from self._prune(record, index)
        if kind != "prune" and kind not in PRUNABLE:
            self.stays.append((index, record["t"]))

    def _config(self, record):
        act, hold = record["act"], record.get("hold", "")
        if act == "retention":
            if "days" in record:
                self.days = record["days"]
            else:
                yield "says no retention"
        elif not hold:
            yield "names no hold"
        elif act == "hold.placed":
            self.holds.add(hold)
        elif hold in self.holds:
            self.holds.remove(hold)
        else:
            yield "lifts a hold that is not in force"

    def _prune(self, record, index):
        first, to, days, before = record["from"], record["to"], record["days"], _ms(record["before"])
        if first > self.pruned or to <= first or to > index:
            yield "prunes a stretch that does not follow the one before"
        elif self.days is None or days != self.days:
            yield "prunes by a retention that the log did not state before"
        elif self.holds:
            yield "prunes under a legal hold"
        elif before > _ms(record["t"]) - days * DAY:
            yield "prunes what is younger than the retention"
        else:
            self.pruned = max(self.pruned, to)
            self.prunes.append((index, first, to, record["count"]))
            for at, t in self.stays:
                if first <= at < to and _ms(t) - before > SLACK:
                    yield f"prunes a stretch in which record {at} is younger than it says"
                    return

    def gone(self, index):
        if self.ends and self.ends[-1] == index:
            self.ends[-1] += 1
        else:
            self.starts.append(index)
            self.ends.append(index + 1)

    def is_gone(self, index):
        at = bisect_right(self.ends, index)
        return at < len(self.ends) and self.starts[at] <= index

    def count(self):
        return sum(self.ends) - sum(self.starts)

    def short(self):
        """Records that say that fewer were pruned than are gone."""
        for index, first, to, count in self.prunes:
            gone = sum(max(0, min(end, to) - max(start, first)) for start, end in zip(self.starts, self.ends))
            if gone > count:
                yield index

    def unexplained(self):
        for first, end in zip(self.starts, self.ends):
            if end > self.pruned:
                yield max(first, self.pruned)
