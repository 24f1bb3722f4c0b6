"""`python -m infra.local` is `teller run`."""

import sys

from infra.local.run import main

sys.exit(main(sys.argv[1:]))
