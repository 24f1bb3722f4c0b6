"""The whole bank on one laptop: the embedded AWS, the offline Lex and the pages, supervised."""
