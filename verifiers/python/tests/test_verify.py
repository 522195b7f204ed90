"""python3 -m unittest discover -s tests (in verifiers/python)"""

import pathlib
import random
import shutil
import tempfile
import unittest
from types import SimpleNamespace

from douane_verify import canonical, note, record, verify
from douane_verify.certified import check_certified
from douane_verify.files import Files
from douane_verify.merkle import read_entries
from douane_verify.report import Report
from douane_verify.stamped import check_stamped

DATA = pathlib.Path(__file__).parents[2] / "testdata"
PIN = (DATA / "pin").read_bytes()
# what a forger who corrects the sums could bend
SIGNED = (
    "checkpoint.tsq", "checkpoint.tsr", "checkpoint.p7s", "checkpoint.jws",
    "keys/chain.pem", "keys/root.pem", "keys/tsa-root.pem",
)
LOG_PIN = next(line for line in PIN.splitlines() if b"/transfers+" in line)


class Bundle(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        self.dir = pathlib.Path(self.home.name) / "bundle"
        shutil.copytree(DATA / "bundle", self.dir)
        # without the sums of its files: what is found is found by the log itself
        (self.dir / "SHA256SUMS").unlink()

    def test_as_exported(self):
        report = verify(DATA / "bundle", PIN)
        self.assertEqual((report.exit, report.open), (0, 1), report.findings)

    def test_exit_codes(self):
        for name, pin, folder, expected in (
            ("the log's key alone", LOG_PIN, DATA / "bundle", 0),
            ("no pin", b"", DATA / "bundle", 3),
            ("a pin that is none", b"hello", DATA / "bundle", 3),
            ("a pin that is no text", b"\xff", DATA / "bundle", 3),
            ("two logs", PIN + LOG_PIN, DATA / "bundle", 3),
            ("no folder", PIN, DATA / "nothing", 2),
            ("an empty folder", PIN, tempfile.mkdtemp(dir=self.home.name), 2),
        ):
            with self.subTest(name):
                self.assertEqual(verify(folder, pin).exit, expected)

    def test_bits_of_a_record(self):
        path = self.dir / "log/tile/entries/000.p/7"
        data = bytearray(path.read_bytes())
        leaf = read_entries(bytes(data))[3]
        start = bytes(data).index(leaf)
        for bit in range(0, len(leaf) * 8, 13):
            data[start + bit // 8] ^= 1 << (bit % 8)
            path.write_bytes(data)
            self.assertEqual(verify(self.dir, PIN).exit, 1, f"bit {bit}")
            data[start + bit // 8] ^= 1 << (bit % 8)

    def test_a_file_gone_or_bent(self):
        for path in sorted(self.dir.rglob("*")):
            if not path.is_file() or path.name == "VERIFY.md":
                continue
            data = path.read_bytes()
            path.unlink()
            self.assertEqual(verify(self.dir, PIN).exit, 2, path)
            middle = len(data) // 2
            path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
            self.assertEqual(verify(self.dir, PIN).exit, 1, path)
            path.write_bytes(data)

    def test_certified_and_stamped(self):
        root, tsa = (DATA / "root.pem").read_bytes(), (DATA / "tsa-root.pem").read_bytes()
        for name, root_text, tsa_text, expected in (
            ("both roots", root, tsa, 0),
            ("the root of the other", tsa, b"", 1),
            ("the authority of the other", b"", root, 1),
            ("no certificate", b"", b"hello", 3),
        ):
            with self.subTest(name):
                self.assertEqual(verify(DATA / "bundle", PIN, root_text, tsa_text=tsa_text).exit, expected)

    def test_each_byte_of_what_is_signed(self):
        head = SimpleNamespace(text=(self.dir / "checkpoint.txt").read_text())

        def level():
            report = Report()
            files = Files(self.dir, report)
            check_stamped(files, head, check_certified(files, head, [], report), [], report)
            return report.exit

        self.assertEqual(level(), 0)
        for name in SIGNED:
            path = self.dir / name
            data = path.read_bytes()
            for at in range(len(data)):
                path.write_bytes(data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :])
                self.assertEqual(level(), 1, f"byte {at} of {name}")
            path.write_bytes(data)


class Spellings(unittest.TestCase):
    def test_canonical(self):
        for text in ("{}", '{"a":1,"b":[true,"x"]}', '"\\u0000\\b\\u001f"', '"é\\u001b"', "-1", "9007199254740991"):
            canonical.read(text.encode())

    def test_not_canonical(self):
        for text in (
            "", " {}", '{"b":1,"a":1}', '{"a":1,"a":1}', "1.0", "1e3", "-0", "01", "null", "9007199254740992", "NaN",
            '"\\u00e9"', '"\\/"', '"\\u0008"', '"\\u001B"', '"\\ud800"', '{"a":1,}', "[" * 33 + "]" * 33, "[" * 100_000,
        ):
            with self.subTest(text[:40]), self.assertRaises(canonical.NotCanonical):
                canonical.read(text.encode())

    def test_noise_is_refused_by_its_own_error(self):
        seeded = random.Random(9162)
        good = read_entries((DATA / "bundle/log/tile/entries/000.p/7").read_bytes())
        for _ in range(2000):
            data = bytearray(seeded.choice(good))
            for _ in range(seeded.randint(1, 4)):
                data[seeded.randrange(len(data))] = seeded.randrange(256)
            for read in (record.read, record.read_seal):
                try:
                    read(bytes(data))
                except record.Invalid:
                    pass
            with self.assertRaises(note.Refused):
                note.open_checkpoint(bytes(data), note.read_vkey(LOG_PIN.decode()))


if __name__ == "__main__":
    unittest.main()
