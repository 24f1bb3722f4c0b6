"""What goes along with a payment, from what its judge read before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef


@dataclass(frozen=True, slots=True)
class Companions:
    """What is written together with a payment or not at all, and what its judge asks for.

    `code_needed`: a yes is not enough for it, whatever its amount.
    """

    items: tuple[TransactWriteItemTypeDef, ...] = ()
    code_needed: bool = False


ALONE = Companions()
