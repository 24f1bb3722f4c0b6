"""Session attributes as a typed model: read leniently, written as strings.

Session attributes can be written by whoever may call the runtime, so a field is display state and
never evidence; one that cannot be read is as if it were absent, and no turn fails for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

MAX_BYTES = 12 * 1024
"""Lex takes no more in all attributes of a request (developer guide, quotas)."""


class SessionModel(BaseModel):
    """The base of a bot's session attributes. Every field needs a default.

    >>> class Cart(SessionModel):
    ...     coffee_count: int = 0
    >>> cart = Cart.of_attributes({"coffeeCount": "2", "other": "kept"})
    >>> cart.coffee_count
    2
    """

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")

    @classmethod
    def of_attributes(cls, attributes: Mapping[str, str]) -> Self:
        """The model of `attributes`; a value that cannot be read gives way to its default."""
        given = {
            name: attributes[key]
            for name, field in cls.model_fields.items()
            if (key := field.alias or name) in attributes
        }
        try:
            return cls.model_validate_strings(given, by_name=True)
        except ValidationError as error:
            wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
            return cls.model_validate_strings(
                {name: value for name, value in given.items() if name not in wrong}, by_name=True
            )

    def write(self, attributes: dict[str, str]) -> None:
        """Sets this model's fields in `attributes`; one that is None is removed.

        Raises ValueError when all attributes together would be more than Lex takes.
        """
        for name, field in type(self).model_fields.items():
            key, value = field.alias or name, getattr(self, name)
            if value is None:
                attributes.pop(key, None)
            else:
                attributes[key] = value if isinstance(value, str) else _text(value)
        require_room(attributes)


def require_room(attributes: Mapping[str, str]) -> None:
    """Raises ValueError when all attributes together, as JSON, are more than Lex takes."""
    size = len(json.dumps(attributes, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MAX_BYTES:
        raise ValueError(f"the session attributes have {size} bytes, Lex takes {MAX_BYTES}")


def _text(value: object) -> str:
    """Any value as the string that reads back as itself."""
    # Imported late: a function that never writes a model need not pay for it at its start.
    from pydantic import TypeAdapter

    text = TypeAdapter(type(value)).dump_json(value).decode()
    return text[1:-1] if text.startswith('"') else text
