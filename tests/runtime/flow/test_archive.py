"""The ZIP of a bundle, written plainly and read without trust."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loginwright_runtime.errors import FlowError
from loginwright_runtime.flow import archive
from loginwright_runtime.flow.archive import (
    CENTRAL,
    END,
    LOCAL,
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_TOTAL_BYTES,
    write_archive,
)
from loginwright_runtime.flow.archive_reading import read_archive
from loginwright_runtime.flow.member_names import clashing_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MEMBERS = {"lib/é.js": b"1", "flow.json": b"{}", "actions/x.js": b"2" * 100}
ARCHIVE = write_archive(MEMBERS)
ONE = write_archive({"a": b"hello"})

# Offsets of fields in the local header at 0, and in the first central header.
FLAGS, METHOD, TIME, DATE, CRC, PACKED, SIZE = 6, 8, 10, 12, 14, 18, 22
CENTRAL_MORE = 2
CENTRAL_AT = ONE.index(b"PK\x01\x02")


def rule_of(data: bytes) -> str:
    with pytest.raises(FlowError) as refused:
        read_archive(data, "x.loginflow")
    (problem,) = refused.value.problems
    assert problem.file == "x.loginflow"
    assert problem.remedy
    return problem.rule


def with_bytes(data: bytes, offset: int, patch: bytes) -> bytes:
    return data[:offset] + patch + data[offset + len(patch) :]


def in_both_headers(field: int, patch: bytes) -> bytes:
    local = with_bytes(ONE, field, patch)
    return with_bytes(local, CENTRAL_AT + CENTRAL_MORE + field, patch)


def zipped(
    members: Iterable[tuple[str | zipfile.ZipInfo, bytes]],
    method: int = zipfile.ZIP_STORED,
    comment: bytes = b"",
) -> bytes:
    """A ZIP as Python's library writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as written, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # duplicate names are what is asked for
        written.comment = comment
        for name, data in members:
            written.writestr(name, data)
    return file.getvalue()


def member(name: str, **attributes: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    return info


# --- Writing --------------------------------------------------------------------------------------


def test_members_are_stored_sorted_and_dated_1980() -> None:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE)) as read:
        infos = read.infolist()
        assert [info.filename for info in infos] == sorted(MEMBERS)
        assert {info.compress_type for info in infos} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in infos} == {0o100644}
        assert {name: read.read(name) for name in read.namelist()} == MEMBERS
        assert read.testzip() is None


def test_the_order_of_members_changes_no_byte() -> None:
    assert write_archive(dict(reversed(MEMBERS.items()))) == ARCHIVE


NAMES = st.lists(st.text(alphabet="abcAé😀-", min_size=1, max_size=6), min_size=1, max_size=3).map(
    "/".join
)


@given(st.dictionaries(NAMES, st.binary(max_size=200), max_size=6))
def test_what_is_written_is_read_back_or_was_refused_at_once(members: dict[str, bytes]) -> None:
    if clashing_names(sorted(members)):
        with pytest.raises(FlowError):
            write_archive(members)
    else:
        data = write_archive(members)
        assert read_archive(data, "x") == members
        with zipfile.ZipFile(io.BytesIO(data)) as read:
            assert {name: read.read(name) for name in read.namelist()} == members


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"lib/con.js": b""}, "unportable-name"),
        ({"../x": b""}, "unportable-name"),
        ({"lib/a": b"", "lib/A": b""}, "unportable-name"),
        ({"lib/a": bytes(MAX_MEMBER_BYTES + 1)}, "bundle-too-large"),
        ({f"lib/{number}": b"" for number in range(MAX_MEMBERS + 1)}, "bundle-too-large"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(members: dict[str, bytes], rule: str) -> None:
    with pytest.raises(FlowError) as refused:
        write_archive(members)
    assert [problem.rule for problem in refused.value.problems] == [rule]


def test_more_than_can_be_read_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10)
    with pytest.raises(FlowError) as refused:
        write_archive({"lib/a": b"123456", "lib/b": b"12345"})
    assert [problem.rule for problem in refused.value.problems] == ["bundle-too-large"]


def test_the_caps_are_those_of_the_rules() -> None:
    caps = (MAX_MEMBERS, MAX_MEMBER_BYTES, MAX_TOTAL_BYTES, MAX_RATIO)
    assert caps == (1_000, 16_000_000, 64_000_000, 100)


# --- Reading --------------------------------------------------------------------------------------


def test_a_plain_zip_of_another_program_is_read() -> None:
    assert read_archive(zipped([("b", b"2"), ("a", b"1")]), "x") == {"b": b"2", "a": b"1"}


def test_an_empty_zip_has_no_members() -> None:
    assert read_archive(write_archive({}), "x") == {}


@pytest.mark.parametrize("data", [b"", b"PK", b"{}", b"\x7fELF" + ONE, b"#!/bin/sh\n" + ONE])
def test_what_does_not_begin_as_a_zip_is_no_bundle(data: bytes) -> None:
    assert rule_of(data) == "not-a-bundle"


@pytest.mark.parametrize("length", range(len(ONE)))
def test_a_zip_cut_off_anywhere_is_refused(length: int) -> None:
    assert rule_of(ONE[:length]) in {"not-a-bundle", "bundle-structure"}


@pytest.mark.parametrize("tail", [b"\0", b"PK\x05\x06", b"\n", END.pack(b"PK\x05\x06", *[0] * 7)])
def test_data_after_the_end_is_refused(tail: bytes) -> None:
    assert rule_of(ONE + tail) == "bundle-structure"


def test_a_comment_is_refused() -> None:
    assert rule_of(zipped([("a", b"1")], comment=b"hello")) == "bundle-structure"
    comment_size = with_bytes(ONE, len(ONE) - 2, b"\1\0")
    assert rule_of(comment_size) == "bundle-structure"


def test_a_second_zip_in_front_is_refused() -> None:
    assert rule_of(ONE + ONE) == "bundle-structure"
    shifted = bytearray(ONE)
    position = CENTRAL_AT + 42
    struct.pack_into("<L", shifted, position, len(ONE))
    struct.pack_into("<L", shifted, len(ONE) - 6, CENTRAL_AT + len(ONE))
    assert rule_of(ONE + bytes(shifted)) == "bundle-structure"


def test_data_between_members_and_their_list_is_refused() -> None:
    moved = ONE[:CENTRAL_AT] + b"gap" + ONE[CENTRAL_AT:]
    moved = with_bytes(moved, len(moved) - 6, struct.pack("<L", CENTRAL_AT + 3))
    assert rule_of(moved) == "bundle-structure"


@pytest.mark.parametrize(
    ("field", "patch"),
    [
        (FLAGS, b"\x00\x08"),
        (METHOD, b"\x08\x00"),
        (TIME, b"\x01\x00"),
        (DATE, b"\x22\x00"),
        (CRC, b"\xff\xff\xff\xff"),
        (PACKED, b"\x04\x00\x00\x00"),
        (SIZE, b"\x04\x00\x00\x00"),
    ],
)
def test_headers_that_differ_are_refused(field: int, patch: bytes) -> None:
    assert rule_of(with_bytes(ONE, field, patch)) == "bundle-structure"


def test_names_that_differ_between_headers_are_refused() -> None:
    assert rule_of(with_bytes(ONE, LOCAL.size, b"b")) == "bundle-structure"


def test_content_that_does_not_match_its_checksum_is_refused() -> None:
    assert rule_of(with_bytes(ONE, LOCAL.size + 1, b"j")) == "bundle-damaged"


@pytest.mark.parametrize("flags", [0x1, 0x41, 0x2000])
def test_encryption_is_refused(flags: int) -> None:
    assert rule_of(in_both_headers(FLAGS, struct.pack("<H", flags))) == "bundle-encrypted"


@pytest.mark.parametrize("flags", [0x8, 0x2, 0x20, 0x10])
def test_other_flags_are_refused(flags: int) -> None:
    assert rule_of(in_both_headers(FLAGS, struct.pack("<H", flags))) == "bundle-structure"


def test_compression_is_refused() -> None:
    compressed = zipped([("a", bytes(50) + b"x" * 50)], zipfile.ZIP_DEFLATED)
    assert rule_of(compressed) == "bundle-compressed"
    assert rule_of(in_both_headers(PACKED, struct.pack("<L", 4))) == "bundle-compressed"


def test_a_bomb_is_refused_by_what_it_claims() -> None:
    bomb = zipped([("a", bytes(1_000_000))], zipfile.ZIP_DEFLATED)
    assert rule_of(bomb) == "bundle-too-large"


def test_a_member_that_claims_more_than_16_mb_is_refused() -> None:
    claims = in_both_headers(SIZE, struct.pack("<L", MAX_MEMBER_BYTES + 1))
    assert rule_of(claims) == "bundle-too-large"


def test_members_that_claim_more_than_64_mb_are_refused() -> None:
    data = zipped((str(number), b"1") for number in range(5))
    for offset in [match for match in range(len(data)) if data.startswith(b"PK\x01\x02", match)]:
        data = with_bytes(data, offset + 24, struct.pack("<L", 15_000_000))
    assert rule_of(data) == "bundle-too-large"


def test_as_much_as_may_be_is_written_and_read_again() -> None:
    members = {str(number): bytes(MAX_MEMBER_BYTES) for number in range(4)}
    assert sum(map(len, members.values())) == MAX_TOTAL_BYTES
    assert read_archive(write_archive(members), "x") == members
    with pytest.raises(FlowError) as refused:
        write_archive({**members, "and": b"1"})
    assert [problem.rule for problem in refused.value.problems] == ["bundle-too-large"]


def test_members_that_claim_a_hundred_times_the_file_are_refused_for_that_and_no_fewer() -> None:
    claims = in_both_headers(SIZE, struct.pack("<L", MAX_RATIO * len(ONE)))
    assert rule_of(claims) == "bundle-compressed"
    claims = in_both_headers(SIZE, struct.pack("<L", MAX_RATIO * len(ONE) + 1))
    assert rule_of(claims) == "bundle-too-large"


def test_more_than_1000_members_are_refused() -> None:
    data = zipped((str(number), b"") for number in range(MAX_MEMBERS + 1))
    assert rule_of(data) == "bundle-too-large"
    assert len(read_archive(zipped((str(n), b"") for n in range(MAX_MEMBERS)), "x")) == MAX_MEMBERS


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a/../../x", "a\\b", "C:/x", "a//b", "./a", "con", "a/nul.js", "a/"]
)
def test_names_that_lead_elsewhere_are_refused(name: str) -> None:
    plain = name.replace("\\", "/")
    data = zipped([(plain, b"1")]).replace(plain.encode(), name.encode())
    assert rule_of(data) == "bundle-name"


def test_a_name_with_a_null_is_refused() -> None:
    assert rule_of(zipped([("a_b", b"1")]).replace(b"a_b", b"a\0b")) == "bundle-name"


def test_a_name_in_another_encoding_is_refused() -> None:
    assert rule_of(zipped([("caf_", b"1")]).replace(b"caf_", b"caf\xe9")) == "bundle-name"
    utf8 = write_archive({"é": b"1"}).replace("é".encode(), b"\xff\xfe")
    assert rule_of(utf8) == "bundle-name"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a.js", "a.js"),
        ("a.js", "A.js"),
        ("é", "e\u0301"),
        ("a", "a/b"),
        ("A/x", "a/y"),
        ("straße", "STRASSE"),
    ],
)
def test_names_that_some_system_takes_for_one_are_refused(first: str, second: str) -> None:
    assert rule_of(zipped([(first, b"1"), (second, b"2")])) == "bundle-name"


@pytest.mark.parametrize(
    "attributes",
    [0o120777 << 16, 0o040755 << 16, 0o020644 << 16, 0o010644 << 16, 0o060644 << 16, 0x10],
)
def test_links_folders_and_devices_are_refused(attributes: int) -> None:
    data = zipped([(member("a", external_attr=attributes, create_system=3), b"/etc/passwd")])
    assert rule_of(data) == "bundle-link"


def test_extra_fields_and_member_comments_are_refused() -> None:
    for attribute in ("extra", "comment"):
        info = zipfile.ZipInfo("a")
        setattr(info, attribute, b"\xfe\xca\x00\x00")
        assert rule_of(zipped([(info, b"1")])) == "bundle-structure"


@pytest.mark.parametrize("field", [30, 32, 34], ids=["extra", "comment", "disk"])
def test_a_list_that_promises_more_than_its_members_is_refused(field: int) -> None:
    promised = with_bytes(ONE, CENTRAL_AT + field, b"\1\0")
    with pytest.raises(FlowError, match="holds more than a list"):
        read_archive(promised, "x")


def test_a_list_is_read_to_its_last_byte_and_not_beyond() -> None:
    listed = CENTRAL_AT + CENTRAL.size
    shorter = with_bytes(ONE, CENTRAL_AT + 28, b"\0\0")
    with pytest.raises(FlowError, match="does not end where it says"):
        read_archive(shorter, "x")
    without_name = shorter[:listed] + shorter[listed + 1 :]
    size = struct.pack("<L", CENTRAL.size)
    whole = with_bytes(without_name, len(without_name) - END.size + 12, size)
    assert rule_of(whole) == "bundle-name"  # The list is whole now; its member has no name.
    counts = struct.pack("<HH", 2, 2)
    with pytest.raises(FlowError, match="The list of members is cut off"):
        read_archive(with_bytes(ONE, len(ONE) - END.size + 8, counts), "x")


def test_a_list_that_counts_otherwise_is_refused() -> None:
    end = len(ONE) - END.size
    for field in (4, 6, 8, 10, 12, 16):
        (value,) = struct.unpack_from("<H", ONE, end + field)
        changed = with_bytes(ONE, end + field, struct.pack("<H", value + 1))
        assert rule_of(changed) == "bundle-structure"
    both = with_bytes(ONE, end + 8, struct.pack("<HH", 2, 2))
    assert rule_of(both) == "bundle-structure"
    fewer = with_bytes(ONE, end + 8, struct.pack("<HH", 0, 0))
    assert rule_of(fewer) == "bundle-structure"


def test_a_name_longer_than_the_list_is_refused() -> None:
    longer = with_bytes(ONE, CENTRAL_AT + 28, struct.pack("<H", 60_000))
    assert rule_of(longer) == "bundle-structure"


def test_members_on_top_of_each_other_are_refused() -> None:
    data = zipped([("a", b"1"), ("b", b"1")])
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    assert rule_of(with_bytes(data, second + 42, struct.pack("<L", 0))) == "bundle-structure"


def harmless(data: bytes) -> None:
    """Whoever reads this has to refuse it, or to read the very same members."""
    try:
        members = read_archive(data, "x")
    except FlowError:
        return
    assert members == MEMBERS


@given(offset=st.integers(0, len(ARCHIVE) - 1), value=st.integers(1, 255))
def test_a_flipped_byte_is_noticed_or_means_nothing(offset: int, value: int) -> None:
    harmless(with_bytes(ARCHIVE, offset, bytes([ARCHIVE[offset] ^ value])))


PIECES = st.integers(0, len(ARCHIVE)).map(lambda cut: ARCHIVE[cut:])


@given(st.lists(PIECES | st.binary(max_size=60), max_size=4).map(b"".join))
def test_no_heap_of_pieces_is_taken_for_something_else(data: bytes) -> None:
    harmless(data)


EDITS: dict[str, Callable[[bytes, int, bytes], bytes]] = {
    "insert": lambda data, at, piece: data[:at] + piece + data[at:],
    "replace": with_bytes,
    "remove": lambda data, at, piece: data[:at] + data[at + len(piece) :],
}


@given(
    edit=st.sampled_from(sorted(EDITS)),
    at=st.integers(0, len(ARCHIVE)),
    piece=st.binary(min_size=1, max_size=CENTRAL.size),
)
def test_no_edit_is_taken_for_something_else(edit: str, at: int, piece: bytes) -> None:
    harmless(EDITS[edit](ARCHIVE, at, piece))
