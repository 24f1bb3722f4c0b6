"""A model server in SageMaker's container contract: `/ping` and `/invocations` on one port."""
