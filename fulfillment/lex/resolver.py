"""Routes a code-hook event to the function that registered for it, through middleware."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from fulfillment.lex.event import LexEvent
from fulfillment.lex.messages import text
from fulfillment.lex.reply import Reply
from fulfillment.lex.turn import Turn

Handler = Callable[[Turn], Reply]
Middleware = Callable[[Turn, Handler], Reply]
ExceptionHandler = Callable[[Turn, Exception], Reply]


class MalformedEventError(ValueError):
    """The event is not one that Lex V2 sends; says which keys are wrong, never their values."""


class DuplicateHandlerError(ValueError):
    """Two functions registered for the same hook of one intent."""


class Router:
    """Collects handlers for a resolver to include: each capability in a module of its own."""

    def __init__(self) -> None:
        self.dialog_handlers: dict[str, Handler] = {}
        self.fulfillment_handlers: dict[str, Handler] = {}

    def dialog(self, *intents: str) -> Callable[[Handler], Handler]:
        """Registers a function for the DialogCodeHook of `intents`."""
        return lambda handler: self._register(self.dialog_handlers, intents, handler)

    def fulfillment(self, *intents: str) -> Callable[[Handler], Handler]:
        """Registers a function for the FulfillmentCodeHook of `intents`."""
        return lambda handler: self._register(self.fulfillment_handlers, intents, handler)

    @staticmethod
    def _register(table: dict[str, Handler], intents: tuple[str, ...], handler: Handler) -> Handler:
        for intent in intents:
            if table.setdefault(intent, handler) is not handler:
                raise DuplicateHandlerError(f"{intent} has a handler already")
        return handler


class LexResolver(Router):
    """A function's handlers, middleware (the first added runs outermost), exception handlers."""

    def __init__(self) -> None:
        super().__init__()
        self._middleware: list[Middleware] = []
        self._exceptions: dict[type[Exception], ExceptionHandler] = {}
        self._fallback: Handler = _unknown_intent

    def include_router(self, router: Router) -> None:
        """Takes over every handler of `router`."""
        for intent, handler in router.dialog_handlers.items():
            self.dialog(intent)(handler)
        for intent, handler in router.fulfillment_handlers.items():
            self.fulfillment(intent)(handler)

    def middleware(self, function: Middleware) -> Middleware:
        """Adds `function(turn, next)` around every handler."""
        self._middleware.append(function)
        return function

    def exception_handler(self, kind: type[Exception]) -> Callable[[ExceptionHandler], Any]:
        """Registers the reply to an exception of `kind`; the closest class wins."""

        def register(function: ExceptionHandler) -> ExceptionHandler:
            self._exceptions[kind] = function
            return function

        return register

    def fallback(self, handler: Handler) -> Handler:
        """Answers intents that nobody registered for."""
        self._fallback = handler
        return handler

    def intents(self) -> frozenset[str]:
        """Every intent with a handler: to be checked against the bot definition."""
        return frozenset(self.dialog_handlers) | frozenset(self.fulfillment_handlers)

    def resolve(self, event: Mapping[str, Any], _context: Any = None) -> dict[str, Any]:
        """The response to `event`. Raises `MalformedEventError`; a handler's exception passes on
        unless an exception handler is registered for it.
        """
        try:
            turn = Turn.of(LexEvent.model_validate(event))
        except ValidationError as error:
            places = sorted({".".join(map(str, e["loc"])) for e in error.errors()})
            raise MalformedEventError(f"not a Lex V2 event: {', '.join(places)}") from None
        return turn.answer(self._run(turn))

    def _run(self, turn: Turn) -> Reply:
        call: Handler = self._route(turn)
        for middleware in reversed(self._middleware):
            call = _wrap(middleware, call)
        try:
            return call(turn)
        except Exception as error:
            handler = self._handler_for(error)
            if handler is None:
                raise
            return handler(turn, error)

    def _route(self, turn: Turn) -> Handler:
        if turn.is_fulfillment:
            return self.fulfillment_handlers.get(turn.intent, self._fallback)
        # An intent may have only a fulfillment handler: then its dialog is Lex's own business.
        if turn.intent in self.dialog_handlers:
            return self.dialog_handlers[turn.intent]
        return Turn.delegate if turn.intent in self.fulfillment_handlers else self._fallback

    def _handler_for(self, error: Exception) -> ExceptionHandler | None:
        for kind in type(error).__mro__:
            if kind in self._exceptions:
                return self._exceptions[kind]
        return None


def _wrap(middleware: Middleware, inner: Handler) -> Handler:
    return lambda turn: middleware(turn, inner)


def _unknown_intent(turn: Turn) -> Reply:
    return turn.close(text("I can't help with that here yet."), fulfilled=False)
