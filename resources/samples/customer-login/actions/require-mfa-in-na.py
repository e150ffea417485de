"""Asks for a second factor in North America."""

from loginwright_runtime import Event, PostLoginAPI


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    if event.request.geoip.continent_code == "NA":
        api.multifactor.enable("any")
