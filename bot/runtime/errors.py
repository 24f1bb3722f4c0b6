"""The errors of the Lex Runtime V2 API, each with AWS's name and HTTP status."""

from __future__ import annotations


class LexRuntimeError(Exception):
    """An error a caller of the API sees: `code` is AWS's name for it, `status` the HTTP status.

    The message is shown to the caller and logged: it names fields and limits, never a value the
    customer wrote.
    """

    code = "InternalServerException"
    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class ValidationError(LexRuntimeError):
    """The request breaks a limit of the API's model."""

    code = "ValidationException"
    status = 400


class AccessDeniedError(LexRuntimeError):
    """The caller may not use this bot."""

    code = "AccessDeniedException"
    status = 403


class ResourceNotFoundError(LexRuntimeError):
    """No such bot, alias, locale or session."""

    code = "ResourceNotFoundException"
    status = 404


class ConflictError(LexRuntimeError):
    """Another turn of the same session is still being answered."""

    code = "ConflictException"
    status = 409


class DependencyFailedError(LexRuntimeError):
    """The code hook failed, ran too long, or answered something Lex does not accept."""

    code = "DependencyFailedException"
    status = 424


class ThrottlingError(LexRuntimeError):
    """More sessions, or more turns at once, than this runtime was told to hold."""

    code = "ThrottlingException"
    status = 429


class InternalServerError(LexRuntimeError):
    """A fault of the runtime itself."""


class BadGatewayError(LexRuntimeError):
    """A service the runtime depends on failed of itself, or the bot is not ready yet."""

    code = "BadGatewayException"
    status = 502


_BY_CODE: dict[str, type[LexRuntimeError]] = {
    error.code: error
    for error in (
        ValidationError,
        AccessDeniedError,
        ResourceNotFoundError,
        ConflictError,
        DependencyFailedError,
        ThrottlingError,
        BadGatewayError,
    )
}


def named(code: str, message: str) -> LexRuntimeError:
    """The error AWS calls `code`; an internal one for a name that is not AWS's."""
    return _BY_CODE.get(code, InternalServerError)(message)
