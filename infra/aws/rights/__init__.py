"""What each function may do beside what its code was seen to do, and that both are the same."""
