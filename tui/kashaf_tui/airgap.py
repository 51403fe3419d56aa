"""Nothing leaves the machine: the process refuses to make a network socket, for itself and for every library in it.

A promise kept by reading code holds until a dependency is updated; this one holds by PEP 578. Audit hooks cannot be
taken out again.
"""

from __future__ import annotations

import sys

_AF_UNIX = 1  # asyncio and multiprocessing wake themselves with a local socket pair


def seal() -> None:
    """Refuse, from now on, every socket but a local one, and every name look-up, with PermissionError."""
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event == "socket.__new__":
        if arguments[1] != _AF_UNIX:
            raise PermissionError("Kashaf makes no network connections")
    elif event in (
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
    ):
        raise PermissionError("Kashaf looks up no names")
