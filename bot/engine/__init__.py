"""The dialog of Lex V2 as a pure function of bot, session and words; `turn` is its door."""
