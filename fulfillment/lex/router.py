"""Handlers by hook and intent, with the middleware and slot validators that stand before them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from fulfillment.lex.event import SlotValue
from fulfillment.lex.reply import Reply
from fulfillment.lex.turn import Turn

Handler = Callable[[Turn], Reply]
Middleware = Callable[[Turn, Handler], Reply]
Verdict = Reply | str | None
"""What a validator says of a value: a reply that asks again, a better value, or nothing against it.
"""
Validator = Callable[[Turn, SlotValue], Verdict]
Hook = Literal["DialogCodeHook", "FulfillmentCodeHook"]


class DuplicateHandlerError(ValueError):
    """Two functions registered for the same hook of one intent, or the same slot."""


class Route(NamedTuple):
    """Which invocations a handler takes. `label` is an invocation label, None for any."""

    hook: Hook
    intent: str
    label: str | None = None


class Router:
    """Collects the handlers of one capability. Routers compose: one may include others.

    A router's own middleware stands around its handlers alone, inside that of whoever includes it;
    the first added runs outermost.
    """

    def __init__(self) -> None:
        self._handlers: dict[Route, Handler] = {}
        self._validators: dict[str, dict[str, Validator]] = {}
        self._middleware: list[Middleware] = []
        self._included: list[Router | _Late] = []

    def dialog(
        self, *intents: str, label: str | None = None, middlewares: Sequence[Middleware] = ()
    ) -> Callable[[Handler], Handler]:
        """Registers a function for the DialogCodeHook of `intents`.

        With `label`, only for invocations of that label; a handler without one takes the rest.
        `middlewares` stand around this handler alone, inside the router's; the first is outermost.
        """
        routes = [Route("DialogCodeHook", intent, label) for intent in intents]
        return lambda handler: self._register(routes, handler, middlewares)

    def fulfillment(
        self, *intents: str, label: str | None = None, middlewares: Sequence[Middleware] = ()
    ) -> Callable[[Handler], Handler]:
        """Registers a function for the FulfillmentCodeHook of `intents`; see `dialog`."""
        routes = [Route("FulfillmentCodeHook", intent, label) for intent in intents]
        return lambda handler: self._register(routes, handler, middlewares)

    def slot(self, intent: str, name: str) -> Callable[[Validator], Validator]:
        """Registers `function(turn, value)` to judge the slot `name` before any dialog handler.

        It is called in each DialogCodeHook in which the slot has a value, in the order of
        registration. A reply that it returns is the answer; a string replaces the value; None
        lets the value stand. After the first reply nothing else is called.
        """

        def register(function: Validator) -> Validator:
            if self._validators.setdefault(intent, {}).setdefault(name, function) is not function:
                raise DuplicateHandlerError(f"{intent}.{name} has a validator already")
            return function

        return register

    def middleware(self, function: Middleware) -> Middleware:
        """Adds `function(turn, proceed)` around every handler of this router."""
        self._middleware.append(function)
        return function

    def include_router(self, router: Router) -> None:
        """Takes over every handler and validator of `router`, within its middleware.

        Raises `DuplicateHandlerError` when one of them is here already.
        """
        if self.intents() & router.intents():
            mine = dict(self.routes())
            for route, handler in router.routes():
                if mine.get(route, handler) is not handler:
                    raise DuplicateHandlerError(f"{route.intent} has a handler already")
        self._included.append(router)

    def include_late(self, intents: Collection[str], load: Callable[[], Router]) -> None:
        """Takes over the router that `load` gives when the first of `intents` comes.

        They are all that it answers. Raises `DuplicateHandlerError` when one is answered here
        already, by whatever hook.
        """
        taken = self.intents().intersection(intents)
        if taken:
            raise DuplicateHandlerError(f"{min(taken)} has a handler already")
        self._included.append(_Late(frozenset(intents), load))

    def routes(self) -> Iterator[tuple[Route, Handler]]:
        """Every route of this router and those that it includes, with the handler as registered."""
        yield from self._handlers.items()
        for router in self._included:
            yield from router.routes()

    def intents(self) -> frozenset[str]:
        """Every intent with a handler."""
        own = frozenset(route.intent for route in self._handlers)
        return own.union(*(router.intents() for router in self._included))

    def validators(self, intent: str) -> Iterator[tuple[str, Validator]]:
        """The validators of an intent's slots, in the order of registration."""
        yield from self._validators.get(intent, {}).items()
        for router in self._included:
            yield from router.validators(intent)

    def find(self, route: Route) -> Handler | None:
        """The handler of `route` within its middleware; one without a label takes any label."""
        found = self._handlers.get(route) or self._handlers.get(Route(route.hook, route.intent))
        if found is None:
            found = next((h for r in self._included if (h := r.find(route)) is not None), None)
        return None if found is None else self.within_middleware(found)

    def within_middleware(self, handler: Handler) -> Handler:
        """`handler` with this router's own middleware around it."""
        return _within(self._middleware, handler)

    def _register(
        self, routes: list[Route], handler: Handler, middlewares: Sequence[Middleware]
    ) -> Handler:
        wrapped = _within(middlewares, handler)
        for route in routes:
            if self._handlers.setdefault(route, wrapped) is not wrapped:
                raise DuplicateHandlerError(f"{route.intent} has a handler already")
        return handler


class _Late:
    """A router that is not loaded until somebody asks it about one of its intents."""

    def __init__(self, intents: frozenset[str], load: Callable[[], Router]) -> None:
        self._intents = intents
        self._load = load

    def intents(self) -> frozenset[str]:
        return self._intents

    def routes(self) -> Iterator[tuple[Route, Handler]]:
        return self._load().routes()

    def validators(self, intent: str) -> Iterator[tuple[str, Validator]]:
        return self._load().validators(intent) if intent in self._intents else iter(())

    def find(self, route: Route) -> Handler | None:
        return self._load().find(route) if route.intent in self._intents else None


def _within(middlewares: Sequence[Middleware], handler: Handler) -> Handler:
    for middleware in reversed(middlewares):
        handler = _around(middleware, handler)
    return handler


def _around(middleware: Middleware, inner: Handler) -> Handler:
    return lambda turn: middleware(turn, inner)
