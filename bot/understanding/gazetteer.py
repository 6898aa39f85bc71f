"""The names of cities, regions and countries with what is known of each: one compressed file, read when first needed.

Cities are from GeoNames (CC BY 4.0), see `tools/make_places.py`.
"""

from __future__ import annotations

import lzma
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

CITIES = Path(__file__).with_name("cities.txt.xz")
BITS = 32  # of where a row begins


@dataclass(frozen=True)
class Table:
    """Rows of fields and names between tabs; `index`: sorted, the checksum of a name, then where its row begins.

    The index takes eight bytes a name; a dict of the names would take twenty times as much.
    """

    text: bytes
    index: array[int]

    def rows(self, name: str) -> Iterator[tuple[str, str]]:
        """The fields and the first name of each row that has this name."""
        key = name.encode()
        lowest = crc32(key) << BITS
        for found in self.index[bisect_left(self.index, lowest) : bisect_left(self.index, lowest + (1 << BITS))]:
            fields, *names = self.row(found - lowest).split(b"\t")
            if key in names:
                yield fields.decode(), names[0].decode()

    def row(self, start: int) -> bytes:
        end = self.text.find(b"\n", start)
        return self.text[start : end if end >= 0 else None]


@cache
def tables() -> tuple[Table, Table]:
    """Areas, and cities."""
    _credit, areas, cities = lzma.decompress(CITIES.read_bytes()).split(b"\n\n")
    return indexed(areas), indexed(cities)


def indexed(text: bytes) -> Table:
    found, start = [], 0
    for row in text.split(b"\n"):
        found += [crc32(name) << BITS | start for name in dict.fromkeys(row.split(b"\t")[1:]) if name]
        start += len(row) + 1
    return Table(text, array("Q", sorted(found)))
