"""AWS's own model of the Lex Runtime V2 API, as botocore ships it: the source of every limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import botocore.session
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StringShape, StructureShape

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ListShape",
    "MapShape",
    "OperationShape",
    "Shape",
    "StringShape",
    "StructureShape",
    "error_status",
    "operation",
]


@dataclass(frozen=True, slots=True)
class OperationShape:
    """One operation: its name, its input's members by where they travel, and its output."""

    name: str
    input: StructureShape
    output: StructureShape

    @property
    def payload(self) -> str | None:
        """The member that the whole request body is, where the body is not JSON."""
        name: str | None = self.input.serialization.get("payload")
        return name

    def members(self, location: str | None) -> Mapping[str, Shape]:
        """Input members sent in `location` ("uri", "header") or, for None, in the JSON body."""
        return {
            name: shape
            for name, shape in self.input.members.items()
            if shape.serialization.get("location") == location
        }


@lru_cache(maxsize=1)
def _service() -> ServiceModel:
    return botocore.session.Session().get_service_model("lexv2-runtime")


@lru_cache(maxsize=8)
def operation(name: str) -> OperationShape:
    """The operation called `name`, for example "RecognizeText"."""
    model = _service().operation_model(name)
    if model.input_shape is None or model.output_shape is None:
        raise LookupError(f"{name} has no input or output in AWS's model")
    return OperationShape(name, model.input_shape, model.output_shape)


@lru_cache(maxsize=16)
def error_status(code: str) -> int:
    """The HTTP status the model gives an error, for example 404 for ResourceNotFoundException."""
    shape = _service().shape_for(code)
    return int(shape.metadata["error"]["httpStatusCode"])
