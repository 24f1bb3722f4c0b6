"""From what a developer types for a code hook to the hook."""

from __future__ import annotations

from bot.runtime.code_hook import CodeHook
from bot.runtime.lambda_hook import LambdaHook, UrlHook
from bot.runtime.process_hook import ProcessHook


def hook_for(target: str) -> CodeHook:
    """The hook that `target` names: `module:function`, an invoke URL, or a function's ARN.

    A Python function's process is started at once, so that the first turn need not wait for its
    imports. Raises `ValueError` for anything else.
    """
    if target.startswith(("http://", "https://")):
        return UrlHook(target)
    if target.startswith("arn:"):
        return LambdaHook(target)
    hook = ProcessHook(target)
    hook.warm_up()
    return hook
