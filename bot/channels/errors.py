"""What a channel refuses, in words that a customer can read."""

from __future__ import annotations


class ChannelError(Exception):
    """A refusal: `status` is the HTTP status, `code` is for programs, the text for customers.

    `retryable` says that the same request may succeed a moment later, or after `retry_after`
    seconds. The text never carries anything of the bank's inside or of what the customer wrote.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        retryable: bool = False,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retryable = retryable
        self.retry_after = retry_after


def bad_request(code: str, message: str) -> ChannelError:
    """400: the request cannot be understood; sending it again changes nothing."""
    return ChannelError(400, code, message)


def not_signed_in(
    message: str = "Your session has ended. Please sign in again.",
) -> ChannelError:
    """401: no token, or one that is not (or no longer) good. It never says which."""
    return ChannelError(401, "signed_out", message)
