"""A small, strict model of DynamoDB: what these books ask of it, and an error for all else."""

from tests.simulation.dynamo.model import Table

__all__ = ["Table"]
