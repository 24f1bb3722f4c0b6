"""Faults between a client of AWS and the service, at the layer where botocore sends.

They meet whatever stands behind the client: an in-process double, the embedded AWS, a real account.
botocore's own retries, signatures and parsing stay as they are.
"""

from infra.faults.injector import injected, only
from infra.faults.kinds import Crash, Fault

__all__ = ["Crash", "Fault", "injected", "only"]
