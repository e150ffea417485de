"""The ZIP that a bundle is: written so that the same members always give the same bytes."""

from __future__ import annotations

import binascii
import struct
from typing import TYPE_CHECKING

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.member_names import clashing_names, name_fault

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_MEMBERS = 1_000
MAX_MEMBER_BYTES = 16_000_000
MAX_TOTAL_BYTES = 64_000_000
MAX_RATIO = 100

# APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16: local header, central header, end of central directory.
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
LOCAL_MAGIC = b"PK\x03\x04"
CENTRAL_MAGIC = b"PK\x01\x02"
END_MAGIC = b"PK\x05\x06"

UTF8_NAME = 0x800
STORED = 0
_VERSION = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION
_DATE_1980_01_01 = 1 << 5 | 1
_PLAIN_FILE = 0o100644 << 16


def write_archive(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of ``members``: stored, sorted by name, dated 1980-01-01.

    Raises:
        FlowError: A name or a size that ``read_archive`` would refuse (security.md 25).
    """
    problems = member_problems(members)
    if problems:
        raise FlowError(*problems)
    locals_: list[bytes] = []
    centrals: list[bytes] = []
    offset = 0
    for name, data in sorted(members.items()):
        raw = name.encode()
        # version needed, flags, method, time, date, CRC, sizes, name length, extra length
        entry = (
            _VERSION,
            0 if name.isascii() else UTF8_NAME,
            STORED,
            0,
            _DATE_1980_01_01,
            binascii.crc32(data),
            len(data),
            len(data),
            len(raw),
            0,
        )
        locals_ += (LOCAL.pack(LOCAL_MAGIC, *entry), raw, data)
        # comment length, disk, internal attributes, external attributes, offset
        tail = (0, 0, 0, _PLAIN_FILE, offset)
        centrals += (CENTRAL.pack(CENTRAL_MAGIC, _MADE_BY_UNIX, *entry, *tail), raw)
        offset += LOCAL.size + len(raw) + len(data)
    directory = b"".join(centrals)
    count = len(members)
    end = END.pack(END_MAGIC, 0, 0, count, count, len(directory), offset, 0)
    return b"".join((*locals_, directory, end))


def member_problems(members: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Return why these members cannot stand in one bundle; none when they can."""
    problems: list[Problem] = []
    for name, data in members.items():
        fault = name_fault(name)
        if fault is not None:
            problems.append(name_problem(name, f"The name {fault}."))
        if len(data) > MAX_MEMBER_BYTES:
            message = f"The file has {len(data):,} bytes; {MAX_MEMBER_BYTES:,} are allowed."
            problems.append(size_problem(name, message))
    for first, second in clashing_names(sorted(members)):
        message = f"Some systems take this name and {first} for one."
        problems.append(name_problem(second, message))
    if len(members) > MAX_MEMBERS:
        message = f"There are {len(members):,} files; a bundle holds {MAX_MEMBERS:,}."
        problems.append(size_problem(None, message))
    total = sum(map(len, members.values()))
    if total > MAX_TOTAL_BYTES:
        message = f"The files have {total:,} bytes; a bundle holds {MAX_TOTAL_BYTES:,}."
        problems.append(size_problem(None, message))
    return tuple(problems)


def name_problem(file: str | None, message: str) -> Problem:
    """Return a problem with the name of a member."""
    remedy = "Rename the file; if it belongs to a package, use another package."
    return Problem("unportable-name", "error", message, remedy, file)


def size_problem(file: str | None, message: str) -> Problem:
    """Return a problem with the size of a member or of the whole."""
    remedy = "Remove what the flow does not need, or depend on smaller packages."
    return Problem("bundle-too-large", "error", message, remedy, file)
