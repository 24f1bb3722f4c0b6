"""The search for what no log may hold."""
