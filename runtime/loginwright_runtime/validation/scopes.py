"""Which value a name holds at a place in the code."""

from __future__ import annotations

from dataclasses import dataclass, field

from loginwright_runtime.validation.values import Value, join


@dataclass(slots=True)
class _Binding:
    value: Value
    depth: int


@dataclass(slots=True, eq=False)
class Scope:
    """The names of a function, of a module, or of a block inside one.

    Attributes:
        parent: Where names are looked up that are not found here.
        is_function: A function's or the module's own scope, in contrast to a block's.
    """

    parent: Scope | None = None
    is_function: bool = True
    _names: dict[str, _Binding] = field(default_factory=dict[str, _Binding])

    def find(self, name: str) -> Value | None:
        """Return what a name holds, or None for a name that is not known."""
        binding = self._binding(name, within_function=False)
        return None if binding is None else binding.value

    def declare(self, name: str, value: Value, depth: int) -> None:
        """Make a name.

        Args:
            name: Any name; an older one of the same block is forgotten.
            value: What it holds.
            depth: How many conditions and functions lie around the place.
        """
        self._names[name] = _Binding(value, depth)

    def assign(self, name: str, value: Value, depth: int, *, local: bool) -> None:
        """Give a name a new value.

        Under a condition the name may keep its old value too. An unknown name is made in the
        function's own scope.

        Args:
            name: Any name.
            value: What it holds from here on.
            depth: As in ``declare``.
            local: Names of outer functions are not meant (Python).
        """
        binding = self._binding(name, within_function=local)
        if binding is None:
            self._own().declare(name, value, depth)
        elif depth <= binding.depth:
            binding.value = value
        else:
            binding.value = join(binding.value, value)

    @property
    def is_module(self) -> bool:
        """Whether this is the module's own scope, or a block of it outside of all functions."""
        return self._own().parent is None

    def _own(self) -> Scope:
        scope = self
        while not scope.is_function and scope.parent is not None:
            scope = scope.parent
        return scope

    def _binding(self, name: str, *, within_function: bool) -> _Binding | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope._names:
                return scope._names[name]
            if within_function and scope.is_function:
                return None
            scope = scope.parent
        return None
