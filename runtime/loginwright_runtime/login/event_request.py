"""The browser's request: ``event.request`` (reference §3)."""

from typing import Annotated

from loginwright_runtime.login.event_object import EventObject, Text
from loginwright_runtime.login.json_values import JsonObject


class GeoIp(EventObject):
    """Where the request came from, by its address."""

    country_code: Annotated[Text, "ISO 3166-1 alpha-2, such as DE."]
    country_code3: Annotated[Text, "ISO 3166-1 alpha-3."]
    country_name: Annotated[Text, "Name of the country."]
    city_name: Annotated[Text, "Name of the city."]
    latitude: Annotated[float | None, "Degrees north."]
    longitude: Annotated[float | None, "Degrees east."]
    time_zone: Annotated[Text, "IANA time zone."]
    subdivision_code: Annotated[Text, "Code of the state or province."]
    subdivision_name: Annotated[Text, "Name of the state or province."]
    continent_code: Annotated[Text, "Two letters, such as EU or NA."]


class Request(EventObject):
    """The browser's request; after a suspension the one that came back."""

    ip: Annotated[str, "Address of the browser."]
    method: Annotated[str, "GET or POST."]
    query: Annotated[JsonObject, "Query parameters, credentials left out."]
    body: Annotated[JsonObject, "Form members, credentials left out."]
    geoip: Annotated[GeoIp, "Where the address is."]
    hostname: Annotated[Text, "Host the login runs on."]
    language: Annotated[Text, "What the browser asks for."]
    user_agent: Annotated[Text, "Of the browser."]
    asn: Annotated[Text, "Autonomous system of the address."]


class TransferRequest(EventObject):
    """The request that asked for a session transfer token."""

    ip: Annotated[str, "Address of the native application."]
    asn: Annotated[Text, "Autonomous system of the address."]
    user_agent: Annotated[Text, "Of the native application."]
    geoip: Annotated[GeoIp | None, "Where the address is."]
