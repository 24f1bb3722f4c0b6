"""What can go wrong with the books that is not a business answer."""

from __future__ import annotations


class BooksError(Exception):
    """Anything the store raises."""


class CustomerNotFoundError(BooksError):
    """There is no customer with this id."""


class BooksBusyError(BooksError):
    """Others wrote to the same items at each attempt: nothing was written, asking again is safe."""


class BooksUnreachableError(BooksError):
    """No answer came to a request whose outcome is not known; asking again is safe."""


class CorruptItemError(BooksError):
    """A stored item lacks an attribute, or holds a value this bank could not have written."""


class BooksAlreadyLoadedError(BooksError):
    """These opening books are in the table; loading them again would undo what was paid since."""


class UnbalancedBooksError(BooksError):
    """Opening books that do not add up; `violations` names every reason."""

    def __init__(self, violations: list[str]) -> None:
        super().__init__(f"{len(violations)} reasons against these books: " + "; ".join(violations))
        self.violations = violations


class StaleCompanionError(BooksError):
    """What was to go with a payment was made from what has changed since: nothing has moved."""
