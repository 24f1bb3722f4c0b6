"""Routers that compose, middleware around them, and an answer to an exception."""

from fulfillment.lex import Handler, LexResolver, Reply, Router, Turn, text

orders = Router()
admin = Router()


class OutOfBeansError(Exception):
    """There is nothing left to brew."""


@orders.dialog("OrderCoffee", label="sizeHook")
def after_the_size(turn: Turn) -> Reply:
    """Only for invocations that the bot labels so."""
    return turn.elicit_slot("cups", text("And how many cups?"))


@orders.dialog("OrderCoffee")
def in_any_other_case(turn: Turn) -> Reply:
    return turn.delegate()


@orders.fulfillment("OrderCoffee")
def brew(turn: Turn) -> Reply:
    if turn.slots.get("beans") is None:
        raise OutOfBeansError
    return turn.close(text("Here you are."))


@admin.middleware
def staff_only(turn: Turn, proceed: Handler) -> Reply:
    """Around the handlers of this router alone."""
    if turn.state.get("role") != "staff":
        return turn.close(text("Please ask the staff."), fulfilled=False)
    return proceed(turn)


@admin.dialog("Restock", "CloseShop")
def by_the_staff(turn: Turn) -> Reply:
    return turn.delegate()


app = LexResolver()
app.include_router(orders)
app.include_router(admin)


@app.middleware
def who_is_it(turn: Turn, proceed: Handler) -> Reply:
    """Around everything. A real one proves the role; an attribute alone is anybody's word."""
    turn.state["role"] = getattr(turn.context, "role", "guest")
    return proceed(turn)


@app.exception_handler(OutOfBeansError)
def sorry(turn: Turn, _: Exception) -> Reply:
    return turn.elicit_intent(text("We are out of beans. Tea?")).with_request_attributes(menu="tea")


@app.fallback
def not_here(turn: Turn) -> Reply:
    return turn.close(text("I only serve coffee."), fulfilled=False)


def faults() -> list[str]:
    """For a test of yours: the bot's hooked intents and their slots, held against the handlers."""
    return app.check({"OrderCoffee": ["size", "cups"], "Restock": [], "CloseShop": []})
