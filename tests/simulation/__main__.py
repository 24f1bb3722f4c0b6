"""The simulator as a command."""

from tests.simulation.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
