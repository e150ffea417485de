"""The engine: runs logins, suspends and resumes them."""

from loginwright_runtime.engine.flow_engine import FlowEngine
from loginwright_runtime.engine.options import EngineOptions

__all__ = ["EngineOptions", "FlowEngine"]
