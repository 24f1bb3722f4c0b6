"""Random walks through the whole bank, by the Lex Runtime API, in search of a dead end."""
