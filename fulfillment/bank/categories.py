"""The bank's categories of spending: a closed list, so that sums by category stay small."""

from __future__ import annotations

from fulfillment.bank.letters import without_accents

CATEGORIES = frozenset(
    "groceries dining transport travel utilities housing entertainment subscriptions shopping "
    "health education insurance fees cash business kids donations gifts".split()
)
OTHER = "other"
"""What has no category, or one that the bank does not keep."""
_ENDINGS = ("ies", "es", "s", "y")
_IN_SPANISH = {
    "groceries": "supermercado comida mandado despensa viveres abarrotes",
    "dining": "restaurante restaurantes cafe cafeterias comidas",
    "transport": "transporte gasolina taxi taxis autobus metro estacionamiento",
    "travel": "viaje viajes hotel hoteles vuelos",
    "utilities": "servicios luz agua electricidad internet telefono gas",
    "housing": "vivienda renta alquiler hipoteca casa",
    "entertainment": "entretenimiento diversion cine",
    "subscriptions": "suscripcion suscripciones",
    "shopping": "tiendas ropa",
    "health": "salud farmacia medico doctor",
    "education": "educacion escuela colegiatura universidad",
    "insurance": "seguro seguros",
    "fees": "comisiones comision",
    "cash": "efectivo",
    "business": "negocio negocios",
    "kids": "ninos hijos",
    "donations": "donacion donaciones caridad",
    "gifts": "regalo regalos",
}
"""Words for each in Spanish, in letters without accents."""
_OF_A_WORD = {word: one for one, words in _IN_SPANISH.items() for word in words.split()}


def category_of(category: str | None) -> str:
    """The category under which a line is counted."""
    return category if category in CATEGORIES else OTHER


def category_named(said: str) -> str | None:
    """The category that a word names in any number ("grocery", "suscripción"), or None."""
    word = said.casefold().strip()
    stem = _stem(word)
    named = next((one for one in sorted(CATEGORIES) if _stem(one) == stem), None)
    return named or _OF_A_WORD.get(without_accents(word))


def _stem(word: str) -> str:
    ending = next((one for one in _ENDINGS if word.endswith(one)), "")
    return word[: len(word) - len(ending)] if len(word) > len(ending) + 2 else word
