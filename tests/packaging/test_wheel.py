"""The wheel carries what an installed Loginwright needs beside its code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]

ASK = """
from loginwright_runtime.flow.loading import load_flow
from loginwright_runtime.flow.sample_files import sample, samples, template, templates

print(*samples(), "-", *templates())
print(load_flow(sample("customer-login")).name, "-", load_flow(template("step-up")).name)
print(sample("customer-login"))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def names_in(folder: str) -> list[str]:
    return sorted(one.name for one in (ROOT / "resources" / folder).iterdir())


def files_below(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("folder", "within"), [("samples", "_samples"), ("templates", "_templates")]
)
def test_every_file_of_samples_and_templates_is_in_the_wheel(
    wheel: Path, folder: str, within: str
) -> None:
    prefix = f"loginwright_runtime/{within}/"
    with ZipFile(wheel) as archive:
        packed = {name.removeprefix(prefix) for name in archive.namelist() if prefix in name}
    assert packed == files_below(ROOT / "resources" / folder)


def test_an_installed_package_finds_them_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    asked = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{ASK}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert asked.stderr == ""
    assert asked.stdout.splitlines() == [
        " ".join([*names_in("samples"), "-", *names_in("templates")]),
        "Customer login - Step-up challenge",
        str(tmp_path / "loginwright_runtime" / "_samples" / "customer-login"),
    ]
