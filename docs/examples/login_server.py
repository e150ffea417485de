"""A login server: /login, /continue and the public keys. docs/runtime.md explains each step."""

from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import loginwright_runtime as lw


def login_server(
    engine: lw.FlowEngine, keys: lw.KeySigner, user_of: Callable[[Request], str]
) -> Starlette:
    """`user_of` is your own sign-in: it proves who the user is before any action runs."""
    lw.keep_process_private()  # no action can read this process's memory

    async def login(request: Request) -> Response:
        start = lw.LoginRequest(
            user_id=user_of(request),
            client=lw.Client(client_id="spa", name="My SPA"),
            request=await event_request(request),
            browser=lw.BindBrowser(),
        )
        return answer(await engine.start(start))

    async def resume(request: Request) -> Response:
        came = await event_request(request)
        state = str(came.query.get("state") or came.body.get("state") or "")
        browser = lw.BindBrowser(request.cookies.get(lw.browser_cookie_name(state)))
        return answer(await engine.resume(lw.RedirectReturn(state, came, browser)))

    return Starlette(
        routes=[
            Route("/login", login),
            Route("/continue", resume, methods=["GET", "POST"]),
            Route("/jwks", lambda _: JSONResponse(keys.jwks())),
        ],
        exception_handlers={lw.RequestError: lambda *_: Response("Bad request", 400)},
    )


async def event_request(request: Request) -> lw.HttpRequest:
    sent = request.url.query, (await request.body()).decode(errors="replace")
    query, body = ({k: v if v[1:] else v[0] for k, v in parse_qs(text).items()} for text in sent)
    ip, host = request.client.host if request.client else "", request.url.hostname
    return lw.HttpRequest(ip=ip, method=request.method, query=query, body=body, hostname=host)


def answer(outcome: lw.Outcome) -> Response:
    match outcome:
        case lw.Suspended(kind="redirect", url=url, state=state, browser_key=key):
            return Response("", 303, {"location": url, "set-cookie": lw.browser_cookie(state, key)})
        case lw.Denied() | lw.Failed():
            status, code, text = lw.oauth_error(outcome, endpoint="token")
            return JSONResponse({"error": code, "error_description": text}, status)
        case _:  # a challenge or form: show it, then engine.resume(ChallengeResult(…))
            return JSONResponse(outcome.model_dump(mode="json", include={"tokens", "suspension"}))
