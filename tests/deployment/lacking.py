"""What the embedded AWS lacks of our stacks, and by which names the stand-ins for it are known."""

from __future__ import annotations

from pathlib import Path

NOTES = "STANDING_IN_NOTES"
"""Environment variable: the file in which each stand-in is noted."""
BOT, ALIAS = "STANDIN001", "TSTALIASID"
"""The ids of the bot and its alias: those by which our Lex runtime serves it."""
_TYPES = Path(__file__).with_name("stood_in.txt")


def stood_in() -> list[str]:
    """The types of resources that the embedded AWS lacks, of those in our stacks."""
    return _TYPES.read_text().split()
