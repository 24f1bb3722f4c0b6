"""How the bank knows a customer by number, and reaches them outside of any conversation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """`number` is the customer number on the statements (digits); `phone` is in E.164."""

    customer_id: str
    number: str
    phone: str
