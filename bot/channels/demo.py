"""The people a visitor may sign in as when the bank runs as a demonstration."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class DemoCustomersError(ValueError):
    """The list of demo customers is missing, unreadable, or names a customer twice."""


class DemoCustomer(BaseModel):
    """One person on the sign-in screen: the bank's customer id, a name, a few words of life."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(pattern=r"\A[A-Za-z0-9_-]{1,64}\z")
    name: str = Field(min_length=1, max_length=80)
    description: str = Field(default="", max_length=160)


_PEOPLE = TypeAdapter(tuple[DemoCustomer, ...])


def load_demo_customers(path: Path) -> tuple[DemoCustomer, ...]:
    """The people in a JSON list of {"id", "name", "description"}, in the file's order.

    Raises `DemoCustomersError` when the file cannot serve as such a list.
    """
    try:
        people = _PEOPLE.validate_json(path.read_bytes())
    except OSError as error:
        raise DemoCustomersError(f"{path} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise DemoCustomersError(f"{path} is not a list of demo customers: {error}") from error
    if len({person.id for person in people}) != len(people):
        raise DemoCustomersError(f"{path} names a customer twice")
    return people
