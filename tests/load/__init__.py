"""Long runs by hand: much at once, then the books are audited."""
