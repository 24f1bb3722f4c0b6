"""Conversation files: dialogues in plain text, read by people and played against a bot."""
