"""A fault that pydantic found, in the words of whoever wrote the JSON or TOML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_TEXT = ("it is no text", "Put it in quotes.")
_LIST = ("it is no list", "Write [ … ].")
_OBJECT = ("it is no object", "Write { … }.")
_SWITCH = ("it is neither true nor false", "Write true or false.")
_NUMBER = ("it is no number", "Write a number.")
_WHOLE_NUMBER = ("it is no whole number", "Write a whole number.")

_OF_KIND = {
    "string_type": _TEXT,
    "string_too_short": ("it is empty", "Write a text."),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "bool_type": _SWITCH,
    "bool_parsing": _SWITCH,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": ("it is no finite number", "Write a number."),
    "int_type": _WHOLE_NUMBER,
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "int_from_float": _WHOLE_NUMBER,
}
_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def fault_in_words(fault: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, as half a sentence, and its remedy as a whole one.

    Pydantic speaks of tuples and instances; people write lists and objects (style.md: errors name
    reason and remedy).

    Args:
        fault: One of ``ValidationError.errors()``.
    """
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"it has to be {words} {context[name]:,.10g}", "Write another number."
    if kind == "literal_error":
        return f"it is not {context['expected']}", "Write one of them."
    message = fault["msg"].removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}", "Correct it."
