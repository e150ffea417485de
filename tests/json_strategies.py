"""Hypothesis strategies for JSON as it comes over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

_scalars: st.SearchStrategy[JsonValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**63), max_value=2**64 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=8), inner, max_size=3),
        st.just({"$undefined": True}),
    ),
    max_leaves=8,
)
json_objects: st.SearchStrategy[JsonObject] = st.dictionaries(
    st.text(max_size=8), json_values, max_size=4
)
