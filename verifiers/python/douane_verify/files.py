"""The files of a bundle, read with limits: a bundle is hostile until it is verified."""

import json
import os
import re
import stat
import unicodedata
from hashlib import sha256

from .canonical import utf16
from .report import INCOMPLETE, NOTE, TAMPERED

MAX_SMALL = 1 << 20


def _mode(path):
    try:
        return os.lstat(path)
    except (OSError, ValueError):
        return None


# Where an export has its own files: none of them is left out of the list. What a desktop adds begins with a dot.
OURS = re.compile(
    r"(?:(?:log|access)(?:-[^/]+)?|keys|views|policies|policy-parts)/(?:.+/)?[^./][^/]*"
    r"|MANIFEST\.json|VERIFY\.md|checkpoint\.[^/]+|(?:entries|batches)\.jsonl",
    re.DOTALL,
)


class Files:
    def __init__(self, folder, report):
        self.folder, self.report = folder, report

    def at(self, path):
        return os.path.join(self.folder, *path.split("/"))

    def exists(self, path):
        return _mode(self.at(path)) is not None

    def folders(self, start):
        """Folders at the top whose names begin so, without that beginning."""
        with os.scandir(self.folder) as entries:
            return [
                one.name.removeprefix(start)
                for one in entries
                if one.name.startswith(start) and one.is_dir(follow_symlinks=False)
            ]

    def is_file(self, path):
        mode = _mode(self.at(path))
        return mode is not None and stat.S_ISREG(mode.st_mode)

    def small(self, path, most=MAX_SMALL):
        """A file of the bundle: regular, not larger than it may be. None if it is not to be had."""
        mode = _mode(self.at(path))
        if mode is None:
            self.report.add(INCOMPLETE, path, "is missing")
        elif not stat.S_ISREG(mode.st_mode) or mode.st_size > most:
            self.report.add(TAMPERED, path, "is not a file of the size it may have")
        else:
            with open(self.at(path), "rb") as file:
                return file.read()
        return None

    def lines(self, path, most):
        """Lines one by one; one longer than `most` ends them, a last one without line feed is no line."""
        if not self.is_file(path):
            self.report.add(INCOMPLETE, path, "is missing")
            return None
        return self._lines(path, most)

    def _lines(self, path, most):
        with open(self.at(path), "rb") as file:
            while line := file.readline(most):
                if line.endswith(b"\n"):
                    yield line[:-1]
                elif len(line) < most:
                    yield line + b"\0"
                else:
                    return

    def check_sums(self):
        """The transport check: every file there and as it was written. It proves nothing against a forger."""
        listed = {}
        data = self.small("SHA256SUMS", 1 << 28)
        if data is None:
            return listed
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.report.add(TAMPERED, "SHA256SUMS", "cannot be read")
            text = data.decode("utf-8", "replace")
        for i, line in enumerate(text.split("\n")):
            found = re.fullmatch("([0-9a-f]{64})  (.+)", line)
            if found and _safe(found[2]) and found[2] not in listed:
                listed[found[2]] = found[1]
            elif line or i == 0:
                self.report.add(TAMPERED, "SHA256SUMS", f"line {i + 1} cannot be read")
        if not text.endswith("\n") or text.endswith("\n\n"):
            self.report.add(TAMPERED, "SHA256SUMS", "does not end as it should")
        there = set(self._walk())
        for path, expected in listed.items():
            if path not in there:
                self.report.add(INCOMPLETE, path, "is missing")
            elif not self.is_file(path):
                self.report.add(TAMPERED, path, "is not a plain file")
            elif self._sum(path) != expected:
                self.report.add(TAMPERED, path, "is not as it was exported")
        for path in sorted(there - {"SHA256SUMS"} - set(listed)):
            shown = re.sub("[^ -~]", "?", path)[:200]
            if OURS.fullmatch(path):
                self.report.add(TAMPERED, shown, "is not listed in SHA256SUMS")
            else:
                self.report.add(NOTE, shown, "is not listed in SHA256SUMS and was not looked at")
        return listed

    def _walk(self):
        folders = [""]
        while folders:
            under = folders.pop()
            with os.scandir(self.at(under) if under else self.folder) as entries:
                for entry in entries:
                    path = f"{under}/{entry.name}" if under else entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
                    else:
                        yield path

    def _sum(self, path):
        whole = sha256()
        with open(self.at(path), "rb") as file:
            while chunk := file.read(1 << 20):
                whole.update(chunk)
        return whole.hexdigest()

    def check_policies(self, listed):
        """A policy is named by its digest: SHA-256 over the canonical list of [path, SHA-256 of the file]."""
        policies = {}
        for path, sum_of in listed.items():
            if found := re.fullmatch("policies/([0-9a-f]{64})/(.+)", path, re.DOTALL):
                policies.setdefault(found[1], []).append([found[2], sum_of])
        for digest, files in policies.items():
            files.sort(key=lambda pair: utf16(pair[0]))
            text = json.dumps(files, ensure_ascii=False, separators=(",", ":"))
            if sha256(text.encode()).hexdigest() != digest:
                self.report.add(TAMPERED, f"policies/{digest}", "is not the policy of this digest")


def _safe(path):
    if len(path) > 1024 or any(one == "\\" or unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co") for one in path):
        return False
    return all(part not in ("", ".", "..") for part in path.split("/"))
