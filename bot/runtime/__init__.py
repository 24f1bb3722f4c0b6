"""The Lex Runtime V2 API on this machine: sessions, code hooks, and AWS's wire format."""
