"""Python runs this at its start where this folder is on the path: records a function's calls."""

import importlib.util
import os
from pathlib import Path

_NAME = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
if _NAME and os.environ.get("TELLER_OBSERVED_CALLS"):
    _spec = importlib.util.spec_from_file_location(
        "recorder", Path(__file__).resolve().parents[1] / "recorder.py"
    )
    assert _spec is not None  # noqa: S101 - the file beside this one
    assert _spec.loader is not None  # noqa: S101
    _recorder = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(_recorder)
    _recorder.record(lambda: _NAME)
