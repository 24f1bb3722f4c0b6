"""A coffee counter: a dialog, a fulfilment, a validator, and what is remembered."""

from fulfillment.lex import LexResolver, Reply, SessionModel, SlotValue, Turn, card, text

app = LexResolver()


class Counter(SessionModel):
    """What the counter remembers of a customer; unreadable values are as if absent."""

    coffees: int = 0


@app.slot("OrderCoffee", "cups")
def cups_on_the_shelf(turn: Turn, value: SlotValue) -> Reply | str | None:
    """Called in each dialog turn in which `cups` has a value."""
    if not value.best.isdigit():
        return turn.ask_again("cups", text("How many cups, as a number?"))
    if int(value.best) > 10:
        return turn.ask_again("cups", text("There are ten cups on the shelf. How many?"))
    return value.best.lstrip("0") or "1"


@app.dialog("OrderCoffee")
def ask(turn: Turn) -> Reply:
    if turn.slots.get("size") is None:
        sizes = card("Sizes", [("Small", "small"), ("Large", "large")])
        return turn.elicit_slot("size", text("Which size?"), sizes)
    return turn.delegate()


@app.fulfillment("OrderCoffee")
def brew(turn: Turn) -> Reply:
    counter = turn.session_as(Counter)
    counter.coffees += 1
    turn.remember(counter)
    size = turn.slots.get("size")
    return turn.close(
        text(f"One {size.best if size else ''} coffee, your number {counter.coffees}.")
    )


def handler(event: dict[str, object], context: object) -> dict[str, object]:
    """The Lambda function."""
    return app.resolve(event, context)
