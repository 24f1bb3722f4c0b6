"""A deployment from nothing to nothing, on an AWS that runs on loopback."""
