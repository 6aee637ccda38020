"""From which network a request came, as far as machines of ours say so."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

# One household or one machine gets a whole network of IPv6 addresses to choose from (RFC 6177).
ONE_NETWORK = 64
NOWHERE = "0.0.0.0"  # noqa: S104 # where the server was told no address: all of those together


def client_ip(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw. Each of them adds one to the end of
    ``X-Forwarded-For``; what stands before, the browser may have made up. Fewer than there are
    proxies means that the request came around them: then the neighbor's own address counts."""
    near = request.META.get("REMOTE_ADDR", "")
    said = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    far = said[-proxies] if 0 < proxies <= len(said) else near
    return _address(far) or _address(near) or NOWHERE


def _address(text: str) -> str:
    """``203.0.113.9``, also where a port or brackets stand around it; of IPv6 the network that it
    is one of, ``2001:db8:1:2::``; nothing for what is none."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), ONE_NETWORK), strict=False).network_address)
