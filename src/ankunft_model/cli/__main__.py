"""`python -m ankunft_model.cli`, for where the program `ankunft` is not on the path."""

import sys

from ankunft_model.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
