"""Rules on what must not be read by others: sensitive slots in logs, messages and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.definition.lint.findings import WARNING, Fault, Rule, at
from bot.definition.lint.flow_walk import slots_named_in, steps_in, texts_in
from bot.definition.lint.subject import IntentPart, SlotPart, Subject

_SECRETS = (
    "pin", "pin code", "pin number", "cvv", "cvc", "ssn", "social security", "password",
    "passcode", "passphrase", "otp", "one time code", "one time passcode", "secret",
    "security code", "security answer", "card number", "card no", "account number", "account no",
    "routing number", "iban", "sort code", "passport", "tax id", "itin", "national id", "nino",
    "maiden name", "contraseña", "clave", "número de tarjeta", "numero de tarjeta",
    "número de cuenta", "numero de cuenta",
)  # fmt: skip
_PERSONAL = (
    "date of birth", "dob", "birth date", "birthdate", "birthday", "phone", "phone number",
    "mobile", "mobile number", "email", "e mail", "email address", "home address",
    "street address", "mailing address", "driver license", "drivers license", "license number",
    "licence number", "first name", "last name", "full name", "surname", "fecha de nacimiento",
    "teléfono", "telefono", "correo",
)  # fmt: skip
_PERSONAL_TYPES = {
    "AMAZON.EmailAddress", "AMAZON.FirstName", "AMAZON.LastName", "AMAZON.PhoneNumber",
    "AMAZON.StreetName",
}  # fmt: skip
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+")


def words_of(name: str) -> str:
    """`dateOfBirth`, `date_of_birth` and `DATE-OF-BIRTH` are `date of birth`."""
    return " ".join(_WORD.findall(name)).casefold()


def _is(name: str, listed: tuple[str, ...]) -> bool:
    words = f" {words_of(name)} "
    joined = words.replace(" ", "")
    return any(f" {entry} " in words or entry.replace(" ", "") == joined for entry in listed)


def is_secret(name: str) -> bool:
    """Whether a slot of this name holds what proves who somebody is, or opens an account."""
    return _is(name, _SECRETS)


def is_sensitive(part: SlotPart) -> bool:
    """Whether a slot holds a secret or tells who somebody is, by its name or its type."""
    slot = part.slot
    names = (slot.name, slot.type_name.removeprefix("AMAZON."))
    return slot.type_name in _PERSONAL_TYPES or any(
        _is(name, _SECRETS) or _is(name, _PERSONAL) for name in names
    )


def _unobfuscated(subject: Subject) -> Iterator[Fault]:
    for _, _, part in subject.slots:
        if is_sensitive(part) and not part.slot.obfuscated:
            yield Fault(
                at(part.place, "obfuscationSetting"),
                f"{part.slot.name} looks sensitive, but conversation logs would show it.",
            )


def _repeated(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        secrets = _secrets(part)
        for node, text in texts_in(part):
            for name in slots_named_in(text):
                if name in secrets:
                    yield Fault(
                        at(node.place, *node.keys, "value"),
                        f"The message says {name} aloud; logs hide only what the customer says.",
                    )


def _kept(subject: Subject) -> Iterator[Fault]:
    for _, part in subject.intents:
        secrets = _secrets(part)
        for step in steps_in(part):
            for attribute, value in step.attributes.items():
                for name in slots_named_in(str(value)):
                    if name in secrets:
                        yield Fault(
                            at(step.node.place, *step.node.keys, "sessionAttributes", attribute),
                            f"{name} is kept in a session attribute, which no log hides.",
                        )


def _secrets(part: IntentPart) -> set[str]:
    return {slot.slot.name for slot in part.slots if is_secret(slot.slot.name)}


RULES = (
    Rule("security.unobfuscated", WARNING, "A sensitive slot is hidden in logs.", _unobfuscated),
    Rule("security.repeated", WARNING, "A message does not repeat a secret.", _repeated),
    Rule("security.kept", WARNING, "A secret is not put into a session attribute.", _kept),
)
