"""DynamoDB Streams to functions, with Lambda's own semantics, where no Lambda service polls.

The embedded AWS's own event source mapping drops what a function reports as failed and retries a
poisoned batch for ever. So the template's mappings are switched off on a laptop, and this polls.
"""
