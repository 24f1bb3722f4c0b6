"""The founding document's practices, each with what shows that it is kept."""
