"""The least that a Python worker can be: makes the frames it is told to make, and nothing else."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CTL = 3
RPC = 4


def lines(descriptor: int) -> Iterator[bytes]:
    """Yield lines until the other end closes."""
    held = b""
    while chunk := os.read(descriptor, 65536):
        *complete, held = (held + chunk).split(b"\n")
        yield from complete


def main() -> None:
    """Serve until the parent leaves."""
    calls = []
    replies = lines(RPC)
    for line in lines(CTL):
        frame = json.loads(line)
        if frame["type"] == "setup":
            calls = frame["calls"]
            os.write(RPC, b'{"type":"ready","version":"floor"}\n')
            continue
        for call in calls:
            args, waits = json.dumps(call["args"]), json.dumps(call["waits"])
            text = (
                f'{{"type":"call","run":"{frame["run"]}","method":"{call["method"]}",'
                f'"args":{args},"line":9,"waits":{waits}}}\n'
            )
            os.write(RPC, text.encode())
            if call["waits"]:
                json.loads(next(replies))
        os.write(RPC, f'{{"type":"done","run":"{frame["run"]}","duration_ms":0.1}}\n'.encode())


main()
