"""The fraud model at work: trees as data, probabilities and exact reasons, without a library."""
