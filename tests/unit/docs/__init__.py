"""What the documentation says, executed or looked up."""
