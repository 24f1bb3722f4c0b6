"""Days that have a name: fixed ones, and those that move with Easter or with a weekday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from bot.nlu import days

Rule = Callable[[int], date]


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _fixed(day: int, month: int) -> Rule:
    return lambda year: date(year, month, day)


def _around_easter(offset: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=offset)


def _nth(weekday: int, count: int, month: int, offset: int = 0) -> Rule:
    return lambda year: (
        days.nth_weekday(date(year, month, 1), weekday, count) + timedelta(days=offset)
    )


_CHRISTMAS, _NEW_YEAR, _LAST_OF_YEAR = _fixed(25, 12), _fixed(1, 1), _fixed(31, 12)
_BLACK_FRIDAY = _nth(3, 4, 11, 1)
ENGLISH: dict[str, Rule] = {
    "christmas eve": _fixed(24, 12), "christmas day": _CHRISTMAS, "christmas": _CHRISTMAS,
    "xmas": _CHRISTMAS, "xmas day": _CHRISTMAS, "boxing day": _fixed(26, 12),
    "new year's eve": _LAST_OF_YEAR, "new years eve": _LAST_OF_YEAR, "nye": _LAST_OF_YEAR,
    "new year's day": _NEW_YEAR, "new years day": _NEW_YEAR, "new year's": _NEW_YEAR,
    "new year": _NEW_YEAR, "new years": _NEW_YEAR,
    "valentine's day": _fixed(14, 2), "valentines day": _fixed(14, 2),
    "valentine's": _fixed(14, 2), "halloween": _fixed(31, 10), "independence day": _fixed(4, 7),
    "veterans day": _fixed(11, 11), "juneteenth": _fixed(19, 6), "earth day": _fixed(22, 4),
    "april fools": _fixed(1, 4), "april fool's day": _fixed(1, 4), "labour day": _fixed(1, 5),
    "st patrick's day": _fixed(17, 3), "saint patrick's day": _fixed(17, 3),
    "st . patrick's day": _fixed(17, 3), "st patricks day": _fixed(17, 3),
    "cinco de mayo": _fixed(5, 5), "may day": _fixed(1, 5), "ides of march": _fixed(15, 3),
    "tax day": _fixed(15, 4), "bonfire night": _fixed(5, 11), "guy fawkes": _fixed(5, 11),
    "easter": _around_easter(0), "easter sunday": _around_easter(0),
    "easter monday": _around_easter(1), "good friday": _around_easter(-2),
    "palm sunday": _around_easter(-7), "ash wednesday": _around_easter(-46),
    "mardi gras": _around_easter(-47), "thanksgiving": _nth(3, 4, 11),
    "thanksgiving day": _nth(3, 4, 11), "black friday": _BLACK_FRIDAY,
    "cyber monday": _nth(3, 4, 11, 4), "mother's day": _nth(6, 2, 5),
    "mothers day": _nth(6, 2, 5), "father's day": _nth(6, 3, 6), "fathers day": _nth(6, 3, 6),
    "memorial day": _nth(0, -1, 5), "labor day": _nth(0, 1, 9), "columbus day": _nth(0, 2, 10),
    "martin luther king day": _nth(0, 3, 1), "mlk day": _nth(0, 3, 1),
    "presidents day": _nth(0, 3, 2), "presidents' day": _nth(0, 3, 2),
    "president's day": _nth(0, 3, 2),
}  # fmt: skip
SPANISH: dict[str, Rule] = {
    "nochebuena": _fixed(24, 12), "navidad": _CHRISTMAS, "navidades": _CHRISTMAS,
    "dia de navidad": _CHRISTMAS, "nochevieja": _LAST_OF_YEAR, "noche vieja": _LAST_OF_YEAR,
    "fin de ano": _LAST_OF_YEAR, "ano nuevo": _NEW_YEAR, "dia de ano nuevo": _NEW_YEAR,
    "reyes": _fixed(6, 1), "dia de reyes": _fixed(6, 1), "san valentin": _fixed(14, 2),
    "dia de san valentin": _fixed(14, 2), "dia de los enamorados": _fixed(14, 2),
    "dia del trabajo": _fixed(1, 5), "dia del trabajador": _fixed(1, 5),
    "dia de los trabajadores": _fixed(1, 5),
    "dia internacional de los trabajadores": _fixed(1, 5), "halloween": _fixed(31, 10),
    "dia de independencia": _fixed(4, 7), "dia de la independencia": _fixed(4, 7),
    "dia de muertos": _fixed(2, 11), "dia de los muertos": _fixed(2, 11),
    "todos los santos": _fixed(1, 11), "dia de todos los santos": _fixed(1, 11),
    "dia de la hispanidad": _fixed(12, 10), "dia de la constitucion": _fixed(6, 12),
    "dia de la mujer": _fixed(8, 3), "dia de la tierra": _fixed(22, 4),
    "dia de los inocentes": _fixed(28, 12), "san juan": _fixed(24, 6),
    "semana santa": _around_easter(0), "pascua": _around_easter(0), "pascuas": _around_easter(0),
    "domingo de pascua": _around_easter(0), "viernes santo": _around_easter(-2),
    "jueves santo": _around_easter(-3), "domingo de ramos": _around_easter(-7),
    "miercoles de ceniza": _around_easter(-46), "accion de gracias": _nth(3, 4, 11),
    "dia de accion de gracias": _nth(3, 4, 11), "viernes negro": _BLACK_FRIDAY,
    "black friday": _BLACK_FRIDAY, "ciberlunes": _nth(3, 4, 11, 4),
    "dia de la madre": _nth(6, 1, 5), "dia del padre": _fixed(19, 3),
}  # fmt: skip


def names_of(holidays: dict[str, Rule]) -> str:
    """A pattern of the names, longer ones first."""
    return "|".join(sorted(holidays, key=len, reverse=True))


def in_year(rule: Rule, year: str | None, which: str, today: date) -> list[date]:
    """The day in the year given; else the last one, the one after the next, or the next to come.

    `which` is "last", "next", "this" or nothing.
    """
    if year:
        return [rule(int(year) + (0 if len(year) > 2 else 2000))]
    if which == "this":
        return [rule(today.year)]
    around = [rule(number) for number in range(today.year - 1, today.year + 2)]
    if which == "last":
        return [max(day for day in around if day < today)]
    return [min(day for day in around if day >= today)]
