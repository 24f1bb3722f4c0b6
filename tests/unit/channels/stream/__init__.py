"""The stream: its rules, its talk with Lex and the inbox, and its frames on a WebSocket."""
