"""A deterministic simulator of the bank: one thread, one seed, every AWS call a place to stop.

`python -m tests.simulation --seeds 10000` plays; `--seed N --trace` replays one story.
"""
