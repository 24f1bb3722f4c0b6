"""The slots of the intent in play: read by name, filled, cleared, and given back to Lex."""

from __future__ import annotations

from typing import Any

from fulfillment.lex.event import LexEvent, Slot, SlotValue


class Slots:
    """The intent's slots: readable by name, and changeable."""

    def __init__(self, event: LexEvent) -> None:
        self._slots: dict[str, Slot | None] = dict(event.session_state.intent.slots or {})

    def get(self, name: str) -> SlotValue | None:
        """The slot's value, None when it is empty or unknown; of a list, all of it as one."""
        slot = self._slots.get(name)
        return slot.value if slot else None

    def values(self, name: str) -> list[SlotValue]:
        """The values of a multi-valued slot; of any other, its value alone."""
        slot = self._slots.get(name)
        if slot is None:
            return []
        listed = [item.value for item in slot.values if item.value is not None]
        return listed or ([slot.value] if slot.value else [])

    def part(self, name: str, part: str) -> SlotValue | None:
        """The value of a part of a composite slot."""
        slot = self._slots.get(name)
        found = slot.sub_slots.get(part) if slot else None
        return found.value if found else None

    def set(self, name: str, value: str) -> None:
        """Fills the slot with `value`, as if the customer had said just that."""
        self._slots[name] = Slot(value=_said(value))

    def set_list(self, name: str, values: list[str]) -> None:
        """Fills a multi-valued slot. Raises ValueError for an empty list: clear it instead."""
        if not values:
            raise ValueError("a list needs a value; clear the slot instead")
        parts = [Slot(value=_said(value)) for value in values]
        self._slots[name] = Slot(shape="List", value=_said(", ".join(values)), values=parts)

    def set_part(self, name: str, part: str, value: str) -> None:
        """Fills a part of a composite slot, and leaves its other parts as they are."""
        slot = self._slots.get(name)
        parts = dict(slot.sub_slots) if slot else {}
        parts[part] = Slot(value=_said(value))
        self._slots[name] = Slot(shape="Composite", sub_slots=parts)

    def clear(self, name: str) -> None:
        """Empties the slot, so that it can be asked for again."""
        self._slots[name] = None

    def names(self) -> list[str]:
        """The names of all slots, empty ones included."""
        return list(self._slots)

    def to_lex(self) -> dict[str, Any]:
        """The slots on Lex's wire format."""
        return {name: _wire(slot) if slot else None for name, slot in self._slots.items()}


def _said(value: str) -> SlotValue:
    return SlotValue(original_value=value, interpreted_value=value, resolved_values=[value])


def _wire(slot: Slot) -> dict[str, Any]:
    wire: dict[str, Any] = {"shape": slot.shape}
    if slot.value is not None:
        # By hand: a third of a turn went into pydantic's dump of these three keys.
        wire["value"] = {
            "originalValue": slot.value.original_value,
            "interpretedValue": slot.value.interpreted_value,
            "resolvedValues": slot.value.resolved_values,
        }
    if slot.shape == "List":
        wire["values"] = [_wire(value) for value in slot.values]
    if slot.shape == "Composite":
        wire["subSlots"] = {k: _wire(v) if v else None for k, v in slot.sub_slots.items()}
    return wire
