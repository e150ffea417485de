"""Denies logins from some addresses and networks."""

from ipaddress import IPv6Address, ip_address, ip_network

from loginwright_runtime import Event, PostLoginAPI

DENIED = [
    ip_network("192.0.2.15"),
    ip_network("198.51.100.0/24"),
    ip_network("2001:db8:dead::/48"),
]


async def on_execute_post_login(event: Event, api: PostLoginAPI) -> None:
    if is_denied(event.request.ip or ""):
        api.access.deny("Logins from this network are not allowed.")


def is_denied(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        # What is no address cannot be compared, so it does not pass.
        return True

    # An address of version 4 may come dressed as one of version 6.
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped

    return any(address in network for network in DENIED)
