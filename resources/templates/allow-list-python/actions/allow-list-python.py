"""Lets in only people on a list of addresses and domains."""

from loginwright_runtime import Event, PostLoginAPI

ADDRESSES = {"grace@example.org"}

# With their @: people at notexample.com belong to somebody else.
DOMAINS = ("@example.com",)


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    email = (event.user.email or "").lower()
    listed = email in ADDRESSES or email.endswith(DOMAINS)

    # An address that was never verified may be anybody's.
    if not listed or event.user.email_verified is not True:
        api.access.deny("This account is not on the list.")
