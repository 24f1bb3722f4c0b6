"""CloudFormation templates as values: reading, naming what a resource refers to, and exports."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

Json = dict[str, Any]
Resources = dict[str, Json]

CORE = Path(__file__).resolve().parents[1] / "templates" / "core.json"
_SUBSTITUTED = re.compile(r"\$\{([A-Za-z0-9]+)(?:\.([A-Za-z0-9.]+))?\}")


def read_template(path: Path = CORE) -> Json:
    """A template in JSON."""
    return cast("Json", json.loads(path.read_text()))


def of_type(resources: Mapping[str, Json], *types: str) -> Iterator[tuple[str, Json]]:
    """The resources of some types, with their logical ids, in the template's order."""
    for name, resource in resources.items():
        if resource["Type"] in types:
            yield name, resource


def export_name(resource: str, attribute: str | None = None) -> str:
    """By which other stacks know a resource's `Ref`, or an attribute of it."""
    return ":".join(("teller", resource, attribute or "Ref"))


def imported(resource: str, attribute: str | None = None) -> Json:
    """What stands in a template for something that another stack exports."""
    return {"Fn::ImportValue": export_name(resource, attribute)}


def references(value: Any) -> Iterator[tuple[str, str | None]]:
    """What `value` refers to: logical ids, each with the attribute that is asked for, or None."""
    if isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, Mapping):
        own = _own_reference(value)
        if own is not None:
            yield own
        elif "Fn::Sub" in value:
            yield from _substituted(value["Fn::Sub"])
        else:
            for item in value.values():
                yield from references(item)


def _own_reference(value: Mapping[str, Any]) -> tuple[str, str | None] | None:
    if set(value) == {"Ref"}:
        return value["Ref"], None
    if set(value) == {"Fn::GetAtt"}:
        name, attribute = value["Fn::GetAtt"]
        return name, attribute
    return None


def _substituted(text: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(text, str):
        for name, attribute in _SUBSTITUTED.findall(text):
            yield name, attribute or None
    else:
        yield from references(text[1])


def with_imports(value: Any, is_elsewhere: Callable[[str], bool]) -> Any:
    """`value` with every reference to what `is_elsewhere` replaced by an import."""
    if isinstance(value, list):
        return [with_imports(item, is_elsewhere) for item in value]
    if not isinstance(value, Mapping):
        return value
    own = _own_reference(value)
    if own is not None and is_elsewhere(own[0]):
        return imported(*own)
    if isinstance(value.get("Fn::Sub"), str):
        return _sub_with_imports(value["Fn::Sub"], is_elsewhere)
    return {key: with_imports(item, is_elsewhere) for key, item in value.items()}


def _sub_with_imports(text: str, is_elsewhere: Callable[[str], bool]) -> Json:
    variables: Json = {}

    def replaced(match: re.Match[str]) -> str:
        name, attribute = match[1], match[2]
        if not is_elsewhere(name):
            return match[0]
        variable = name + (attribute or "").replace(".", "")
        variables[variable] = imported(name, attribute)
        return f"${{{variable}}}"

    written = _SUBSTITUTED.sub(replaced, text)
    return {"Fn::Sub": [written, variables] if variables else written}
