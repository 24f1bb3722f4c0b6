"""Lex V2 exports that others wrote, run as they are; see docs/bring-your-own-bot.md."""
