"""From what a developer types for a code hook to the hook."""

from __future__ import annotations

from bot.runtime.code_hook import CodeHook
from bot.runtime.lambda_hook import LambdaHook, UrlHook
from bot.runtime.process_hook import ProcessHook


def hook_for(target: str, python: str | None = None) -> CodeHook:
    """The hook that `target` names: `module:function`, an invoke URL, or a function's ARN.

    A Python function's process is started at once, so that the first turn need not wait for its
    imports; `python` is the interpreter that runs it, this one unless said. Raises `ValueError` for
    anything else.
    """
    elsewhere = target.startswith(("http://", "https://", "arn:"))
    if elsewhere and python is not None:
        raise ValueError("only a code hook named module:function is run by an interpreter")
    if target.startswith("arn:"):
        return LambdaHook(target)
    if elsewhere:
        return UrlHook(target)
    hook = ProcessHook(target, python=python)
    try:
        hook.warm_up()
    except OSError as fault:
        raise ValueError(f"{python} cannot be run: {fault.strerror}") from fault
    return hook
