"""Says before anything is started whether a port is taken."""

from __future__ import annotations

import socket


class PortError(RuntimeError):
    """Something else listens where the bank wants to."""


def require_free(*ports: int) -> None:
    """Raises `PortError` for the first of `ports` that is taken on 127.0.0.1."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                raise PortError(
                    f"port {port} is in use: stop what listens there, or set TELLER_PORT"
                ) from None


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on, for a part that only its neighbours talk to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
