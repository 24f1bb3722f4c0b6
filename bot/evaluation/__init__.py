"""How well a bot understands: test sets, their runs against the offline Lex, and the reports."""
