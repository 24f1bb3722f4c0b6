"""Routes a code-hook event to the function that registered for it, and answers as Lex accepts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError

from fulfillment.lex.event import LexEvent, MalformedEventError
from fulfillment.lex.messages import text
from fulfillment.lex.reply import Reply
from fulfillment.lex.router import (
    DuplicateHandlerError,
    Handler,
    Middleware,
    Route,
    Router,
    Validator,
)
from fulfillment.lex.turn import Turn

__all__ = [
    "DuplicateHandlerError",
    "ExceptionHandler",
    "Handler",
    "LexResolver",
    "MalformedEventError",
    "Middleware",
    "Router",
    "Validator",
]

ExceptionHandler = Callable[[Turn, Exception], Reply]


class LexResolver(Router):
    """A function's handlers, and what stands around all of them.

    The order of a turn: the resolver's middleware; the validators of the filled slots (dialog hook
    only); the router's middleware; the handler. An exception goes to the exception handler of the
    closest class, else it passes on.
    """

    def __init__(self) -> None:
        super().__init__()
        self._exceptions: dict[type[Exception], ExceptionHandler] = {}
        self._fallback: Handler = _unknown_intent

    def exception_handler(
        self, *kinds: type[Exception]
    ) -> Callable[[ExceptionHandler], ExceptionHandler]:
        """Registers the reply to an exception of `kinds`; the closest class wins."""

        def register(function: ExceptionHandler) -> ExceptionHandler:
            self._exceptions.update(dict.fromkeys(kinds, function))
            return function

        return register

    def fallback(self, handler: Handler) -> Handler:
        """Answers intents that nobody registered for."""
        self._fallback = handler
        return handler

    def resolve(self, event: Mapping[str, Any], context: Any = None) -> dict[str, Any]:
        """The response to `event`; `context` is the Lambda context, at hand as `turn.context`.

        Raises `MalformedEventError`; a handler's exception passes on unless an exception handler
        is registered for it.
        """
        try:
            turn = Turn.of(LexEvent.model_validate(event), context)
        except ValidationError as error:
            raise MalformedEventError.of(error) from None
        return turn.answer(self._run(turn))

    def check(self, intents: Mapping[str, Iterable[str]]) -> list[str]:
        """What does not fit a bot: one sentence for each handler or validator without a place.

        `intents` maps each intent of the bot whose hooks are on to the names of its slots. An
        intent that no function answers is a fault too: its turns would go to `fallback`.
        """
        handled = self.intents()
        faults = [f"no function answers {name}" for name in sorted(set(intents) - handled)]
        faults += [f"the bot has no intent {name}" for name in sorted(handled - set(intents))]
        for name, slots in sorted(intents.items()):
            unknown = {slot for slot, _ in self.validators(name)} - set(slots)
            faults += [f"{name} has no slot {slot}" for slot in sorted(unknown)]
        return faults

    def _run(self, turn: Turn) -> Reply:
        try:
            return self._handler(turn)(turn)
        except Exception as error:
            handler = self._handler_for(error)
            if handler is None:
                raise
            return handler(turn, error)

    def _handler(self, turn: Turn) -> Handler:
        """The handler of this turn, its validators before it, within its middleware."""
        event = turn.event
        found = self.find(Route(event.invocation_source, turn.intent, event.invocation_label))
        if found is not None:
            return found
        # An intent may have only a fulfillment handler: then its dialog is Lex's own business.
        is_lexs = not turn.is_fulfillment and turn.intent in self.intents()
        return self.within_middleware(Turn.delegate if is_lexs else self._fallback)

    def within_middleware(self, handler: Handler) -> Handler:
        """The validators run innermost: middleware may refuse a turn before any of them."""
        return super().within_middleware(self._after_validators(handler))

    def _after_validators(self, handler: Handler) -> Handler:
        def judged(turn: Turn) -> Reply:
            if not turn.is_fulfillment:
                for name, validator in self.validators(turn.intent):
                    reply = _judge(turn, name, validator)
                    if reply is not None:
                        return reply
            return handler(turn)

        return judged

    def _handler_for(self, error: Exception) -> ExceptionHandler | None:
        for kind in type(error).__mro__:
            if kind in self._exceptions:
                return self._exceptions[kind]
        return None


def _judge(turn: Turn, name: str, validator: Validator) -> Reply | None:
    value = turn.slots.get(name)
    if value is None:
        return None
    verdict = validator(turn, value)
    if isinstance(verdict, str):
        turn.slots.set(name, verdict)
        return None
    return verdict


def _unknown_intent(turn: Turn) -> Reply:
    return turn.close(text("I can't help with that here yet."), fulfilled=False)
