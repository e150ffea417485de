"""Asks for a second factor outside the countries that people usually log in from."""

from loginwright_runtime import Event, PostLoginAPI

# Two letters each (ISO 3166-1). From everywhere else a second factor is asked for.
COUNTRIES = {"AT", "CH", "DE"}


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    place = event.request.geoip

    # An unknown country is on no list, so it asks too.
    if place is None or place.country_code not in COUNTRIES:
        api.multifactor.enable("any", allow_remember_browser=False)
