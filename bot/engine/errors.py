"""The errors by which a turn is refused, named as the Lex Runtime names them."""

from __future__ import annotations

from typing import Any


class TurnError(Exception):
    """A turn that Lex refuses: the session stays as it was before the turn."""

    aws_name = "InternalServerException"
    trace: tuple[dict[str, Any], ...] = ()
    """How far the turn had come, in the form of a `TurnResult`'s trace."""


class DependencyFailedError(TurnError):
    """A code hook failed, timed out, or answered what Lex does not accept."""

    aws_name = "DependencyFailedException"
