"""RFC 9162's tree and the tiles of C2SP tlog-tiles."""

from hashlib import sha256

WIDTH = 256


def leaf_hash(body):
    return sha256(b"\x00" + body).digest()


def node_hash(left, right):
    return sha256(b"\x01" + left + right).digest()


def tile_path(level, n, width):
    digits = str(n)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    place = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{place}" + (f".p/{width}" if width < WIDTH else "")


def root_of(hashes):
    """The root over leaf hashes, or over the 2^n-wide subtrees of which all but the last are full."""
    if not hashes:
        return sha256(b"").digest()
    row = list(hashes)
    while len(row) > 1:
        up = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        if len(row) % 2:
            up.append(row[-1])
        row = up
    return row[0]


class Tiles:
    """The hashes of a growing tree in rows of tiles; hands out each tile when it is full."""

    def __init__(self):
        self.rows = []

    def push(self, leaf):
        full, node, level = [], leaf, 0
        while True:
            if level == len(self.rows):
                self.rows.append([0, []])
            row = self.rows[level]
            row[1].append(node)
            if len(row[1]) < WIDTH:
                return full
            full.append((level, row[0], WIDTH, b"".join(row[1])))
            node = root_of(row[1])
            row[0] += 1
            row[1] = []
            level += 1

    def partial(self):
        return [(level, n, len(some), b"".join(some)) for level, (n, some) in enumerate(self.rows) if some]

    def root(self):
        """Right to left: the ragged end of each row hangs below the rest of the row above."""
        tail = None
        for _, some in self.rows:
            if some or tail is not None:
                tail = root_of(some if tail is None else [*some, tail])
        return sha256(b"").digest() if tail is None else tail


def read_entries(data):
    """The leaves of an entry bundle, or None if its bytes do not come out even."""
    out, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            return None
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            return None
        out.append(data[at + 2 : end])
        at = end
    return out
