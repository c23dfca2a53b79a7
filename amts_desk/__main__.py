"""`python -m amts_desk`."""

import sys

from amts_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
