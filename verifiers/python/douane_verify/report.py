"""What was found, and what it means for the answer."""

NOTE, INCOMPLETE, UNDECIDED, TAMPERED = range(4)
NAMES = ("note", "incomplete", "undecided", "tampered")
EXITS = (0, 2, 3, 1)
VERDICTS = ("verified", "TAMPERED", "incomplete", "cannot decide")
MOST = 1000


class Report:
    def __init__(self):
        self.findings, self.more, self.open, self._worst = [], 0, 0, NOTE

    def add(self, level, where, what):
        self._worst = max(self._worst, level)
        if len(self.findings) < MOST:
            self.findings.append((level, where, what))
        else:
            self.more += 1

    @property
    def exit(self):
        return EXITS[self._worst]

    def print(self):
        for level, where, what in self.findings:
            print(f"{NAMES[level]}: {where}: {what}")
        if self.more:
            print(f"and {self.more} more")
        print(VERDICTS[self.exit])
