"""The `teller lex` commands that read a definition and do not run it."""
