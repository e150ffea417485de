"""Line debugging of both languages, in the workers that are shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from loginwright_runtime.api.methods import SHAPES
from loginwright_runtime.hosts.pool import WorkerPool
from loginwright_runtime.testing import LineDebuggingConformance

if TYPE_CHECKING:
    from loginwright_runtime.extension_points import ActionHost


class TestJavaScript(LineDebuggingConformance):
    language = "javascript"

    @override
    def make_host(self) -> ActionHost:
        return WorkerPool(SHAPES)


class TestPython(LineDebuggingConformance):
    language = "python"

    @override
    def make_host(self) -> ActionHost:
        return WorkerPool(SHAPES)
