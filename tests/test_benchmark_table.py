"""The table of benchmarks shows medians, ratios and targets in columns."""

from __future__ import annotations

import io

from benchmarks.table import Row, print_table


def test_rows_are_shown_with_their_ratio_and_target() -> None:
    out = io.StringIO()
    print_table(
        [
            Row("short", 45.24, 30.16, 1.5, "floor: a bare worker"),
            Row("a longer name", 1_234.0),
            Row("long", 2_500_000.0, 1_000_000.0),
        ],
        out,
    )
    assert out.getvalue() == (
        "what            median    floor  ratio  target  note\n"
        "short          45.2 µs  30.2 µs   1.50   ≤ 1.5  floor: a bare worker\n"
        "a longer name  1.23 ms\n"
        "long             2.5 s      1 s   2.50\n"
    )
