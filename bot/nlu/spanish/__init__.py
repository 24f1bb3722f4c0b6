"""Spanish readers of slot values; driven by the locale like the English ones."""
