"""`python -m gkparse` is the command `gkparse`."""

import sys

from gkparse.cli import main

if __name__ == "__main__":
    sys.exit(main())
