"""Trips: noted after a yes to place and days, told, and taken back."""

from __future__ import annotations

from datetime import date

from fulfillment.bank.letters import without_accents
from fulfillment.bank.travel import TravelNotice, read_trip_days, trip_problem
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Router, Turn
from fulfillment.store.travel_notices import TravelDesk

PLACE, FIRST, LAST = "destination", "firstDay", "lastDay"
_LONGEST_PLACE = 60
_OFFERED = 5

router = Router()


@router.dialog("SetTravelNotice")
def ask(turn: Turn) -> Reply:
    """Asks where to and on which days, then for a yes to all of it."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("travel.not_noted"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    notice = _wanted(turn)
    if isinstance(notice, Reply):
        return notice
    return turn.confirm(
        desk.say("travel.confirm", **_view(desk, notice)),
        desk.yes_or_no(desk.speech.words("travel.title"), "travel.yes"),
    )


@router.fulfillment("SetTravelNotice")
def note(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    notice = _wanted(turn)
    if isinstance(notice, Reply):
        return notice
    _travel(desk).note(notice, desk.now)
    if notice.countries:
        return turn.close(desk.say("travel.noted", **_view(desk, notice)))
    return turn.close(desk.say("travel.noted_somewhere", **_view(desk, notice)))


@router.dialog("ListTravelNotices")
@router.fulfillment("ListTravelNotices")
def tell(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    notices = _travel(desk).current(desk.customer_id, desk.speech.today)
    if not notices:
        return turn.close(desk.say("travel.nothing_noted"))
    return turn.close(desk.say("travel.told", lines=_lines(desk, notices)))


@router.dialog("CancelTravelNotice")
@router.fulfillment("CancelTravelNotice")
def take_back(turn: Turn) -> Reply:
    """At once: a trip less makes nothing less safe."""
    desk = Desk.of(turn)
    notices = _travel(desk).current(desk.customer_id, desk.speech.today)
    if not notices:
        return turn.close(desk.say("travel.nothing_noted"), fulfilled=False)
    said = turn.slots.get(PLACE)
    meant = [one for one in notices if said and _plain(one.place) == _plain(said.original_value)]
    meant = meant or (notices if len(notices) == 1 and said is None else [])
    if len(meant) != 1:
        names = list(dict.fromkeys(one.place for one in notices))[:_OFFERED]
        which = desk.say("travel.which", lines=_lines(desk, meant or notices))
        return turn.ask_again(PLACE, which, desk.choices("travel.title", names))
    _travel(desk).take_back(meant[0], desk.now)
    return turn.close(desk.say("travel.taken_back", **_view(desk, meant[0])))


def _wanted(turn: Turn) -> TravelNotice | Reply:
    """The trip as it was told, or the question for what is missing or cannot be."""
    desk = Desk.of(turn)
    first, last = _days(turn)
    said = turn.slots.get(PLACE)
    if said is None or len(said.original_value) > _LONGEST_PLACE:
        return turn.ask_again(PLACE, desk.say("travel.where"))
    place = said.original_value
    if first is None:
        return turn.ask_again(FIRST, desk.say("travel.from_when", place=_named(place)))
    if last is None:
        return turn.ask_again(LAST, desk.say("travel.until_when", place=_named(place)))
    wrong = trip_problem(first, last, desk.speech.today)
    if wrong is not None:
        turn.slots.clear(FIRST)
        turn.slots.clear(LAST)
        return turn.ask_again(FIRST, desk.say(f"travel.{wrong}"))
    return TravelNotice(desk.customer_id, _named(place), first, last)


def _days(turn: Turn) -> tuple[date | None, date | None]:
    """The turn's own words say more than Lex's slots; what is understood is kept in those."""
    today = Desk.of(turn).speech.today
    heard = read_trip_days(turn.transcript, today, turn.locale)
    kept_first, kept_last = _kept(turn, FIRST), _kept(turn, LAST)
    first, last = heard.first, heard.last
    if turn.slot_being_asked == LAST and last is None:
        first, last = None, first
    last = last or (kept_last if first is None or kept_last != first else None)
    first = first or (kept_first if kept_first != last or heard.last is None else None)
    if first is None and last is not None and turn.slot_being_asked != FIRST:
        first = today
    for slot, day in ((FIRST, first), (LAST, last)):
        if day is None:
            turn.slots.clear(slot)
        else:
            turn.slots.set(slot, day.isoformat())
    return first, last


def _kept(turn: Turn, slot: str) -> date | None:
    said = turn.slots.get(slot)
    if said is None:
        return None
    try:
        return date.fromisoformat(said.best)
    except ValueError:
        days = read_trip_days(said.best, Desk.of(turn).speech.today, turn.locale)
        return days.last if slot == LAST else days.first


def _view(desk: Desk, notice: TravelNotice) -> dict[str, object]:
    day = desk.speech.calendar_day
    return {"place": notice.place, "first": day(notice.first), "last": day(notice.last)}


def _lines(desk: Desk, notices: list[TravelNotice]) -> list[dict[str, object]]:
    return [{**_view(desk, one), "where": one.place} for one in notices]


def _named(place: str) -> str:
    """ "mexico" as Mexico; who writes capitals knows where they go."""
    return place.title() if place.islower() else place


def _plain(place: str) -> str:
    return without_accents(place.casefold()).strip()


def _travel(desk: Desk) -> TravelDesk:
    books = desk.books
    return TravelDesk(books.client, books.table, books.patience, desk.deps.new_id)
