"""Shapes of the `lexv2-models` API as botocore ships them: AWS's own word on kinds and limits."""

from __future__ import annotations

from functools import cache

from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape


@cache
def service_model() -> ServiceModel:
    return ServiceModel(Loader().load_service_model("lexv2-models", "service-2"), "lexv2-models")


def input_shape(operation: str) -> Shape:
    """What an operation takes: `input_shape("CreateIntent")`."""
    shape = service_model().operation_model(operation).input_shape
    if shape is None:
        raise ValueError(f"{operation} takes nothing")
    return shape
