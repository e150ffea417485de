"""A recorded login with personal data in every corner, and strategies for any record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from hypothesis import strategies as st

from forged_tokens import NOW, STATE, forge, honest_claims
from loginwright_runtime.api.call import ErrorReply
from loginwright_runtime.tracing.record import (
    CallMade,
    CameBack,
    HandlerBegan,
    HandlerEnded,
    Left,
    LoginEnded,
    LogWritten,
    ProfileWritten,
    RecordEntry,
    RunRecord,
    TokenCheck,
    TokenChecked,
    TokensIssued,
    WarningRaised,
)

if TYPE_CHECKING:
    from loginwright_runtime.login.json_values import JsonObject, JsonValue

TOKEN_OUT = forge({"email": "ada@example.com", "sub": "auth0|0001"})
TOKEN_BACK = forge(honest_claims(favorite_color="teal"))

EVENT: JsonObject = {
    "user": {
        "user_id": "auth0|0001",
        "email": "ada@example.com",
        "email_verified": True,
        "name": "Ada Lovelace",
        "given_name": "Ada",
        "phone_number": "+44 20 7946 0000",
        "created_at": "2020-01-01T00:00:00Z",
        "user_metadata": {"nickname_at_work": "Countess", "visits": 12, "tags": ["poet"]},
        "app_metadata": {"plan_of_ada": "engine"},
        "identities": [
            {
                "connection": "google-oauth2",
                "provider": "google-oauth2",
                "user_id": "1234567890",
                "isSocial": True,
                "profileData": {"email": "ada@gmail.example"},
            }
        ],
        "enrolledFactors": [{"type": "phone", "options": {"number": "+44 7700 900000"}}],
    },
    "request": {
        "ip": "203.0.113.7",
        "method": "GET",
        "hostname": "login.example.com",
        "language": "en",
        "user_agent": "Mozilla/5.0 (X11; Linux x86_64)",
        "query": {"client_id": "my-spa", "state": "app-state-1", "login_hint": "ada@example.com"},
        "body": {},
        "geoip": {
            "countryCode": "GB",
            "continentCode": "EU",
            "cityName": "Marylebone",
            "latitude": 51.52,
            "longitude": -0.15,
        },
    },
    "client": {"client_id": "my-spa", "name": "My SPA", "metadata": {}},
    "connection": {"id": "con_1", "name": "google-oauth2", "strategy": "google-oauth2"},
    "authorization": {"roles": ["admin"]},
    "session": {"id": "session-of-ada", "device": {"initial_ip": "203.0.113.8"}},
    "transaction": {
        "id": "tx-1",
        "protocol": "oidc-basic-profile",
        "requested_scopes": ["openid", "profile"],
        "state": "app-state-1",
        "metadata": {},
    },
    "prompt": {"id": "ap_1", "fields": {"street": "St James's Square"}, "vars": {"n": 12}},
}
RETURN: JsonObject = {
    **EVENT,
    "request": {
        "ip": "203.0.113.7",
        "method": "POST",
        "query": {"state": STATE},
        "body": {"session_token": TOKEN_BACK, "comment": "greetings from Ockham"},
        "geoip": {},
    },
}

ENTRIES: tuple[RecordEntry, ...] = (
    HandlerBegan(1, NOW, 1, "ask", "onExecutePostLogin", 0),
    CallMade(
        2,
        NOW,
        1,
        "ask",
        "redirect.encodeToken",
        [{"secret": "the shared secret of all", "payload": {"email": "ada@example.com"}}],
        12,
        read=True,
        result=TOKEN_OUT,
    ),
    LogWritten(3, NOW, 1, "ask", "log", "Hello Ada <ada@example.com> from 203.0.113.7", 13),
    CallMade(
        4,
        NOW,
        1,
        "ask",
        "redirect.sendUserTo",
        ["https://my-app.example.com/?lang=english", {"query": {"session_token": TOKEN_OUT}}],
        14,
    ),
    WarningRaised(5, NOW, 1, "ask", "odd-argument", "Ada Lovelace is odd", 14),
    HandlerEnded(6, NOW + 0.5, 1, "ask", "onExecutePostLogin", "returned", 0.7),
    Left(
        7,
        NOW + 0.5,
        1,
        "redirect",
        "ask",
        f"https://my-app.example.com/?lang=english&session_token={TOKEN_OUT}&state={STATE}",
        NOW + 3600,
        {},
    ),
    CameBack(8, NOW + 60, 2, "redirect", "ask", {"method": "POST", "ip": "203.0.113.7"}),
    HandlerBegan(9, NOW + 60, 2, "ask", "onContinuePostLogin", 1),
    CallMade(
        10,
        NOW + 60,
        2,
        "ask",
        "redirect.validateToken",
        [{"secret": "the shared secret of all"}],
        20,
        read=True,
        result={"sub": "auth0|0001", "state": STATE, "favorite_color": "teal"},
    ),
    TokenChecked(
        11,
        NOW + 60,
        2,
        "ask",
        20,
        (
            TokenCheck("found", "a parameter called session_token", "200 characters", True, True),
            TokenCheck("state", STATE, STATE, True, True),
            TokenCheck("sub", "auth0|0001", "no sub", False, True),
        ),
    ),
    CallMade(12, NOW + 60, 2, "ask", "user.setUserMetadata", ["favorite_color", "teal"], 21),
    CallMade(
        13,
        NOW + 60,
        2,
        "ask",
        "cache.get",
        ["k"],
        22,
        read=True,
        threw=ErrorReply("TypeError", "no cache for ada@example.com"),
    ),
    CallMade(14, NOW + 60, 2, "ask", "access.deny", ["by hand"], None, evaluated=True),
    HandlerEnded(15, NOW + 61, 2, "ask", "onContinuePostLogin", "returned", 1.25),
    ProfileWritten(16, NOW + 61, 2, {"favorite_color": "teal", "old": None}, {}),
    TokensIssued(
        17,
        NOW + 61,
        2,
        {
            "iss": "https://login.example.com/",
            "sub": "auth0|0001",
            "email": "ada@example.com",
            "https://my-app.example.com/roles": ["admin"],
            "https://my-app.example.com/greeting": "Hello Ada",
        },
        {"sub": "auth0|0001", "scope": "openid profile", "jti": "id-of-the-token"},
    ),
    LoginEnded(18, NOW + 61, 2, "failed", {"description": "Ada Lovelace may not", "detail": None}),
)

LOGIN = RunRecord(
    "tx-1",
    "Customer login",
    "sha256:3fa9",
    ENTRIES,
    (orjson.dumps(EVENT), orjson.dumps(RETURN)),
)

PERSONAL = (
    "auth0|0001",
    "ada@example.com",
    "Ada",
    "Lovelace",
    "+44 20 7946 0000",
    "Countess",
    "poet",
    "engine",
    "1234567890",
    "ada@gmail.example",
    "+44 7700 900000",
    "203.0.113.7",
    "203.0.113.8",
    "Mozilla",
    "app-state-1",
    "Marylebone",
    "51.52",
    "session-of-ada",
    "St James's Square",
    "Ockham",
    "english",
    "teal",
    "id-of-the-token",
    STATE,
    TOKEN_OUT,
    TOKEN_BACK,
    "eyJ",
)

numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(max_size=12)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
json_objects: st.SearchStrategy[JsonObject] = st.dictionaries(texts, json_values, max_size=3)
_lines = st.none() | st.integers(1, 10_000)
_times = st.floats(0, 4e9)
_kinds = st.sampled_from(["redirect", "challenge", "enrollment", "form"])
_threw = st.none() | st.builds(ErrorReply, texts, texts)
_rows = st.builds(TokenCheck, texts, texts, texts, st.booleans(), st.booleans())
_head = {"seq": st.just(0), "at": _times, "leg": st.integers(1, 9)}

entries: st.SearchStrategy[RecordEntry] = st.one_of(
    st.builds(HandlerBegan, **_head, action=texts, handler=texts, event=st.just(0)),
    st.builds(
        CallMade,
        **_head,
        action=texts,
        method=texts,
        args=st.lists(json_values, max_size=3),
        line=_lines,
        read=st.booleans(),
        result=json_values,
        threw=_threw,
        evaluated=st.booleans(),
    ),
    st.builds(
        TokenChecked,
        **_head,
        action=texts,
        line=_lines,
        checks=st.lists(_rows, max_size=3).map(tuple),
    ),
    st.builds(LogWritten, **_head, action=texts, level=texts, text=texts, line=_lines),
    st.builds(
        WarningRaised,
        **_head,
        action=st.none() | texts,
        code=texts,
        message=texts,
        line=_lines,
    ),
    st.builds(
        HandlerEnded,
        **_head,
        action=texts,
        handler=texts,
        how=st.sampled_from(["returned", "threw", "timed_out", "host_failed", "missing"]),
        duration_ms=_times,
    ),
    st.builds(
        Left,
        **_head,
        kind=_kinds,
        action=st.none() | texts,
        url=st.none() | texts,
        expires_at=_times,
        detail=json_objects,
    ),
    st.builds(CameBack, **_head, kind=_kinds, action=st.none() | texts, detail=json_objects),
    st.builds(ProfileWritten, **_head, user_metadata=json_objects, app_metadata=json_objects),
    st.builds(TokensIssued, **_head, id_token=st.none() | json_objects, access_token=json_objects),
    st.builds(
        LoginEnded,
        **_head,
        status=st.sampled_from(["allowed", "denied", "failed"]),
        error=st.none() | json_objects,
    ),
)
