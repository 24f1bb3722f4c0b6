"""The words of the Spanish calendar: months, weekdays, units of time, vague counts."""

from __future__ import annotations

from decimal import Decimal

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
).split()
MONTHS = {name: number for number, name in enumerate(_MONTHS, 1)} | {
    name[:3]: number for number, name in enumerate(_MONTHS, 1)
} | {"sept": 9, "set": 9, "setiembre": 9, "jan": 1, "apr": 4, "aug": 8, "dec": 12}  # fmt: skip
FULL_MONTHS = [*_MONTHS, "setiembre"]
FULL_DAYS = "lunes martes miercoles jueves viernes sabado domingo".split()
WEEKDAYS = {name: number for number, name in enumerate(FULL_DAYS)} | {
    "sabados": 5, "domingos": 6, "lun": 0, "mie": 2, "mier": 2, "jue": 3, "juev": 3, "vie": 4,
    "vier": 4, "sab": 5, "dom": 6,
}  # fmt: skip
# Shorter than a word: only where nothing else is said.
LETTERS = {"lu": 0, "ma": 1, "mar": 1, "mx": 2, "mi": 2, "ju": 3, "vi": 4, "sa": 5, "do": 6}
UNITS = {
    "segundo": "S", "segundos": "S", "seg": "S", "segs": "S", "minuto": "M", "minutos": "M",
    "min": "M", "mins": "M", "hora": "H", "horas": "H", "hr": "H", "hrs": "H", "h": "H",
    "dia": "D", "dias": "D", "noche": "D", "noches": "D", "jornada": "D", "jornadas": "D",
    "semana": "W", "semanas": "W", "quincena": "15D", "quincenas": "15D", "mes": "MO",
    "meses": "MO", "trimestre": "3MO", "trimestres": "3MO", "semestre": "6MO",
    "semestres": "6MO", "ano": "Y", "anos": "Y", "decada": "10Y", "decadas": "10Y",
}  # fmt: skip
DAY_UNITS = {
    "dia": "D", "dias": "D", "semana": "W", "semanas": "W", "quincena": "2W", "quincenas": "2W",
    "mes": "MO", "meses": "MO", "ano": "Y", "anos": "Y", "day": "D", "noche": "D", "noches": "D",
}  # fmt: skip
"""Units that a day is moved by, as `bot.nlu.days` has them."""
NEAR_DAYS = {
    "hoy": 0, "ahora": 0, "ahora mismo": 0, "ahorita": 0, "hoy mismo": 0, "hoy dia": 0,
    "manana": 1, "manana mismo": 1, "ayer": -1, "anoche": -1, "anteayer": -2, "antier": -2,
    "antayer": -2, "anteanoche": -2, "pasado manana": 2, "esta manana": 0, "esta tarde": 0,
    "esta noche": 0, "el dia siguiente": 1, "al dia siguiente": 1, "el dia anterior": -1,
    "el dia de hoy": 0, "el dia de manana": 1, "el dia de ayer": -1,
}  # fmt: skip
"""How many days from today these words are."""
COUNT = (
    r"\d+ / \d+|\d+(?:\.\d+)?(?: y medi[oa])?|medi[oa]s?|(?:1 )?cuartos? de|3 cuartos? de"
    r"|1 par de|par de|unos|unas|algunos|algunas|varios|varias|todo el|toda la|otro|otra|todos los"
)


def count_of(text: str) -> Decimal | None:
    """How many "media", "un par de", "unos" or "3 y media" are."""
    if "/" in text:
        above, below = (int(number) for number in text.split(" / "))
        return Decimal(above) / below if below else None
    if "cuarto" in text:
        return Decimal("0.75") if text.startswith("3") else Decimal("0.25")
    if "par" in text:
        return Decimal(2)
    number, _, half = text.partition(" y ")
    if number[0].isdigit():
        return Decimal(number) + (Decimal("0.5") if half else 0)
    if text.startswith("medi"):
        return Decimal("0.5")
    return Decimal(3) if text[-1] == "s" and text != "todos los" else Decimal(1)
