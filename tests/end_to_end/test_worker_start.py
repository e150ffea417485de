"""How workers are started: with which Node, under which restraints, on which core, how early."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flow_folders import write_folder
from javascript_actions import MISBEHAVE, handler, javascript_flow, javascript_host
from loginwright_runtime.api.call import Reply
from loginwright_runtime.errors import HostError
from loginwright_runtime.extension_points import HostFailed, Returned
from loginwright_runtime.hosts.early_start import start_early
from loginwright_runtime.hosts.node_command import find_node
from loginwright_runtime.hosts.worker import WorkerTraits
from source_tree import ROOT
from worker_watch import QUICK, WAITING, processes, until

if TYPE_CHECKING:
    from loginwright_runtime.api.call import WorkerCall


def read(path: str) -> str:
    return Path(path).read_text()


# --- Node -----------------------------------------------------------------------------------------


async def test_absent_node_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOGINWRIGHT_NODE", raising=False)
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    async with javascript_host() as javascript:
        with pytest.raises(HostError, match=r"pip install \"loginwright\[node\]\""):
            await javascript.run(QUICK)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 9", "exit status 9"),
        ("echo 'bad option: --permission' >&2; exit 9", "bad option: --permission"),
        ("echo 'bad option: --allow-inspector' >&2; exit 9", r"need Node 24, 24\.12 or later"),
        (r"echo '{\"type\":\"ready\",\"version\":\"v18.20.0\"}' >&4; sleep 60", "v18.20.0"),
    ],
)
async def test_node_that_will_not_do_is_named(tmp_path: Path, script: str, reason: str) -> None:
    node = tmp_path / "node"
    node.write_text(f"#!/bin/sh\n{script.replace(chr(92), '')}\n")
    node.chmod(0o755)
    async with javascript_host(node=str(node)) as javascript:
        with pytest.raises(HostError, match=reason) as raised:
            await javascript.run(QUICK)
        assert "LOGINWRIGHT_NODE" in str(raised.value)


async def test_node_that_is_no_program_is_named(tmp_path: Path) -> None:
    async with javascript_host(node=str(tmp_path / "absent")) as javascript:
        with pytest.raises(HostError, match="absent"):
            await javascript.run(QUICK)


async def test_node_named_in_the_environment_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = find_node()
    assert real is not None
    named = tmp_path / "my-node"
    named.symlink_to(real)
    monkeypatch.setenv("LOGINWRIGHT_NODE", str(named))
    async with javascript_host() as javascript:
        await javascript.run(QUICK)
        (pid,) = processes()
        assert str(named) in read(f"/proc/{pid}/cmdline")


# --- Restraints -----------------------------------------------------------------------------------


async def test_worker_is_restrained() -> None:
    async with javascript_host() as javascript:
        await javascript.run(QUICK)
        (pid,) = processes()
        assert "NoNewPrivs:\t1" in read(f"/proc/{pid}/status")
        assert "NoNewPrivs:\t0" in read("/proc/self/status")
        limits = read(f"/proc/{pid}/limits").splitlines()
        assert any(line.split()[:5] == ["Max", "core", "file", "size", "0"] for line in limits)
        assert any(line.split()[:4] == ["Max", "data", "size", str(2**30)] for line in limits)
        assert read(f"/proc/{pid}/environ") == "PATH=\0TZ=UTC\0LANG=C.UTF-8\0"
        assert os.getpgid(pid) == pid


async def test_memory_is_watched_where_it_cannot_be_limited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = WorkerTraits("javascript", "/loginwright", watched_memory=128 * 2**20)
    monkeypatch.setattr("loginwright_runtime.hosts.starter._traits", lambda _launch: watched)
    body = "if (!event.misbehave) return;\nconst held = [];\n"
    body += "for (let n = 0; n < 8; n++) held.push(Buffer.alloc(2 ** 24, 1));\n"
    flow = javascript_flow(handler(body + "await new Promise(() => {});"))
    async with javascript_host() as javascript:
        assert isinstance((await javascript.run(flow)).end, Returned)
        ran = await javascript.run(flow, event=MISBEHAVE)
        assert ran.end == HostFailed("The worker used more memory than it may.")
        assert isinstance((await javascript.run(flow)).end, Returned)


async def test_worker_has_no_other_descriptors() -> None:
    async with javascript_host() as javascript:
        secret = os.open("/dev/zero", os.O_RDONLY)
        os.set_inheritable(secret, False)
        try:
            await javascript.run(QUICK)
            (pid,) = processes()
            files = [
                os.readlink(f"/proc/{pid}/fd/{name}") for name in os.listdir(f"/proc/{pid}/fd")
            ]
            assert "/dev/zero" not in files
        finally:
            os.close(secret)


async def test_looping_worker_does_not_outlive_an_engine_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "engine.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import asyncio, os, sys
            sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
            import guards
            from javascript_actions import handler, javascript_host

            async def main():
                async with javascript_host() as javascript:
                    await javascript.run(handler(""))
                    print(*guards.child_processes(), flush=True)
                    await javascript.run(handler("console.log('on'); for (;;) {{}}"),
                                         listen=lambda line: print(line.text, flush=True))

            asyncio.run(main())
            """
        )
    )
    engine = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdout=asyncio.subprocess.PIPE
    )
    assert engine.stdout is not None
    workers = [int(pid) for pid in (await engine.stdout.readline()).split()]
    assert await engine.stdout.readline() == b"on\n"
    engine.kill()
    await engine.wait()

    def ended(pid: int) -> bool:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        return state == "Z"

    await until(lambda: all(ended(pid) for pid in workers))


# --- One core -------------------------------------------------------------------------------------

CORES = os.sched_getaffinity(0)


async def test_single_login_shares_a_core_with_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loginwright_runtime.hosts.core_sharing.TICK_SECONDS", 60)
    seen: list[set[int]] = []

    def answer(_call: WorkerCall) -> Reply:
        seen.extend([os.sched_getaffinity(0), *map(os.sched_getaffinity, processes())])
        return Reply()

    flow = javascript_flow(handler("api.cache.get('k');"))
    async with javascript_host(1, share_core=True) as javascript:
        await javascript.run(flow, answer=answer)
        assert len(seen[0]) == 1
        assert seen[1] == seen[0]
    assert os.sched_getaffinity(0) == CORES


async def test_logins_at_once_have_every_core() -> None:
    async with javascript_host(2, share_core=True) as javascript:
        await javascript.run(WAITING)
        await until(lambda: len(processes()) == 2)
        running = [
            asyncio.create_task(javascript.run(WAITING, event=MISBEHAVE, budget_seconds=5))
            for _ in range(2)
        ]
        for pid in {0, *processes()}:
            await until(lambda pid=pid: os.sched_getaffinity(pid) == CORES)  # type: ignore[misc]  # bound
        for task in running:
            task.cancel()
        await asyncio.wait(running)


async def test_long_login_does_not_keep_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[set[int]] = []
    keep = os.sched_setaffinity

    def note(process: int, cores: set[int]) -> None:
        kept.append(cores)
        keep(process, cores)

    monkeypatch.setattr(os, "sched_setaffinity", note)
    flow = javascript_flow(handler("for (;;) {}"))
    async with javascript_host(1, share_core=True) as javascript:
        running = asyncio.create_task(javascript.run(flow))
        await until(lambda: CORES in kept or len(CORES) == 1)
        assert [len(cores) for cores in kept[:1]] == [1] * (len(CORES) > 1)
        for pid in {0, *processes()}:
            await until(lambda pid=pid: os.sched_getaffinity(pid) == CORES)  # type: ignore[misc]  # bound
        assert not running.done()
        running.cancel()
        await asyncio.wait([running])


async def test_worker_started_meanwhile_has_every_core() -> None:
    async with javascript_host(4, share_core=True) as javascript:
        for _ in range(3):
            await javascript.run(QUICK)
        await until(lambda: len(processes()) == 2)
        await until(lambda: all(os.sched_getaffinity(pid) == CORES for pid in processes()))


# --- Early start ----------------------------------------------------------------------------------


async def test_node_started_early_runs_the_first_login() -> None:
    early = start_early()
    assert early is not None
    async with javascript_host(early=early) as javascript:
        ran = await javascript.run(QUICK)
        assert isinstance(ran.end, Returned)
        assert processes() == {early.process.pid}


async def test_node_started_early_for_other_packages_is_replaced(tmp_path: Path) -> None:
    early = start_early(str(tmp_path))
    assert early is not None
    async with javascript_host(early=early) as javascript:
        assert isinstance((await javascript.run(QUICK)).end, Returned)
        assert early.process.pid not in processes()


async def test_node_started_early_that_nobody_needed_is_ended() -> None:
    early = start_early()
    async with javascript_host(early=early):
        assert len(processes()) == 1
    assert processes() == set()


async def test_early_start_imports_nothing_heavy() -> None:
    code = (
        "import sys; import loginwright_runtime.hosts.early_start;"
        "heavy = {'pydantic', 'asyncio', 'orjson', 'dataclasses', 'subprocess'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate()
    assert process.returncode == 0, errors


async def test_worker_starts_where_the_package_stands_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(ROOT / "runtime", target_is_directory=True)
    folder = write_folder(tmp_path / "flow")
    program = "import sys; from loginwright_runtime.cli import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "linked")}
    for words, given in (
        (["run", str(folder)], b""),
        (["debug", str(folder)], b"break actions/colour.js:1\nstep\nstep\ncontinue\n"),
    ):
        done = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", program, *words],
            input=given,
            capture_output=True,
            env=environment,
            check=False,
        )
        told = done.stdout.decode() + done.stderr.decode()
        assert done.returncode == 0, told
        assert "node_worker" not in told
