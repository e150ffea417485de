"""Tells the application, and the API that it calls, which roles the user has."""

from loginwright_runtime import Event, PostLoginAPI

# A claim of your own is a URL, so that it never means something else to others.
CLAIM = "https://my-app.example.com/roles"


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    if event.authorization:
        api.id_token.set_custom_claim(CLAIM, event.authorization.roles)
        api.access_token.set_custom_claim(CLAIM, event.authorization.roles)
