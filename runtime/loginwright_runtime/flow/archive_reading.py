"""ZIPs read without trust: only what ``write_archive`` could have meant is accepted."""

from __future__ import annotations

import binascii
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from loginwright_runtime.errors import FlowError, Problem
from loginwright_runtime.flow.archive import (
    CENTRAL,
    CENTRAL_MAGIC,
    END,
    END_MAGIC,
    LOCAL,
    LOCAL_MAGIC,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    STORED,
    UTF8_NAME,
)
from loginwright_runtime.flow.member_names import clashing_names, name_fault

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DOS_FOLDER = 0x10
_REMEDY = "Export the flow again and bring the file over unchanged."


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the list of members says of one.

    Attributes:
        shared: The ten fields that its own header has to repeat.
        raw_name: Bytes of its name.
        attributes: Unix mode and DOS attributes.
        offset: Where its own header stands.
    """

    shared: tuple[int, ...]
    raw_name: bytes
    attributes: int
    offset: int

    @property
    def flags(self) -> int:
        return self.shared[1]

    @property
    def method(self) -> int:
        return self.shared[2]

    @property
    def crc(self) -> int:
        return self.shared[5]

    @property
    def packed_size(self) -> int:
        return self.shared[6]

    @property
    def size(self) -> int:
        return self.shared[7]


@dataclass(frozen=True, slots=True)
class _Archive:
    """The bytes of a ZIP and what problems call it."""

    data: bytes
    name: str

    def refuse(self, rule: str, message: str) -> NoReturn:
        raise FlowError(Problem(rule, "error", message, _REMEDY, self.name))


def read_archive(data: bytes, name: str) -> dict[str, bytes]:
    """Return the members of a bundle's ZIP, verified in memory (security.md 25).

    Args:
        data: The whole file.
        name: What problems call it.

    Raises:
        FlowError: The file is anything but a plain, stored, unambiguous ZIP within the caps.
    """
    archive = _Archive(data, name)
    count, start = _find_directory(archive)
    entries = _read_directory(archive, count, start)
    _check_sizes(archive, entries)
    names = [_member_name(archive, entry) for entry in entries]
    for first, second in clashing_names(names):
        archive.refuse("bundle-name", f"Some systems take {first} and {second} for one name.")
    members: dict[str, bytes] = {}
    position = 0
    for member, entry in zip(names, entries, strict=True):
        _check_kind(archive, member, entry)
        members[member], position = _read_member(archive, member, entry, position)
    if position != start:
        archive.refuse("bundle-structure", "There is data between the members and their list.")
    return members


def _find_directory(archive: _Archive) -> tuple[int, int]:
    """Return how many members are listed, and where the list begins."""
    data = archive.data
    if not data.startswith((LOCAL_MAGIC, END_MAGIC)):
        archive.refuse("not-a-bundle", "The file does not begin as a bundle does.")
    end_at = len(data) - END.size
    if end_at < 0 or data[end_at : end_at + len(END_MAGIC)] != END_MAGIC:
        archive.refuse("bundle-structure", "The file is cut off, or something follows its end.")
    _, disk, start_disk, here, count, size, start, comment = END.unpack_from(data, end_at)
    if count > MAX_MEMBERS or here > MAX_MEMBERS:
        archive.refuse("bundle-too-large", f"It lists more than {MAX_MEMBERS:,} members.")
    if disk or start_disk or comment or here != count or start + size != end_at:
        archive.refuse("bundle-structure", "Its end does not describe the file that it ends.")
    return count, start


def _read_directory(archive: _Archive, count: int, start: int) -> list[_Entry]:
    end = len(archive.data) - END.size
    entries: list[_Entry] = []
    position = start
    for _ in range(count):
        if position + CENTRAL.size > end:
            archive.refuse("bundle-structure", "The list of members is cut off.")
        fields = CENTRAL.unpack_from(archive.data, position)
        extra, comment, disk = fields[11], fields[12], fields[13]
        if fields[0] != CENTRAL_MAGIC or extra or comment or disk:
            archive.refuse("bundle-structure", "The list of members holds more than a list.")
        position += CENTRAL.size
        raw_name = archive.data[position : min(position + fields[10], end)]
        position += fields[10]
        entries.append(_Entry(fields[2:12], raw_name, fields[15], fields[16]))
    if position != end:
        archive.refuse("bundle-structure", "The list of members does not end where it says.")
    return entries


def _check_sizes(archive: _Archive, entries: Sequence[_Entry]) -> None:
    total = sum(entry.size for entry in entries)
    if any(entry.size > MAX_MEMBER_BYTES for entry in entries):
        archive.refuse("bundle-too-large", f"A member has more than {MAX_MEMBER_BYTES:,} bytes.")
    if total > MAX_TOTAL_BYTES:
        archive.refuse("bundle-too-large", f"The members have over {MAX_TOTAL_BYTES:,} bytes.")
    if total > MAX_RATIO * len(archive.data):
        message = f"The members claim to be over {MAX_RATIO} times as large as the file."
        archive.refuse("bundle-too-large", message)


def _member_name(archive: _Archive, entry: _Entry) -> str:
    try:
        name = entry.raw_name.decode("utf-8" if entry.flags & UTF8_NAME else "ascii")
    except UnicodeDecodeError:
        archive.refuse("bundle-name", "A member's name is not text in UTF-8.")
    fault = name_fault(name)
    if fault is not None:
        archive.refuse("bundle-name", f"The member's name {name!a} {fault}.")
    return name


def _check_kind(archive: _Archive, name: str, entry: _Entry) -> None:
    if entry.flags & _ENCRYPTED:
        archive.refuse("bundle-encrypted", f"The member {name} is encrypted.")
    if entry.flags & ~UTF8_NAME:
        archive.refuse("bundle-structure", f"The member {name} sets flags that no bundle has.")
    if entry.method != STORED or entry.packed_size != entry.size:
        archive.refuse("bundle-compressed", f"The member {name} is compressed.")
    kind = stat.S_IFMT(entry.attributes >> 16)
    if kind not in {0, stat.S_IFREG} or entry.attributes & _DOS_FOLDER:
        archive.refuse("bundle-link", f"The member {name} is a link or no plain file.")


def _read_member(archive: _Archive, name: str, entry: _Entry, position: int) -> tuple[bytes, int]:
    """Return a member's content and where the next member begins."""
    begin = position + LOCAL.size + len(entry.raw_name)
    data = archive.data[begin : begin + entry.size]
    if entry.offset != position or len(data) != entry.size:
        archive.refuse("bundle-structure", f"The member {name} does not follow the one before it.")
    header = LOCAL.unpack_from(archive.data, position)
    raw_name = archive.data[position + LOCAL.size : begin]
    if header != (LOCAL_MAGIC, *entry.shared) or raw_name != entry.raw_name:
        message = f"The member {name} and the list of members say different things."
        archive.refuse("bundle-structure", message)
    if binascii.crc32(data) != entry.crc:
        archive.refuse("bundle-damaged", f"The content of {name} does not match its checksum.")
    return data, begin + entry.size
