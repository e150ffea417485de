"""``python -m loginwright_designer``."""

from __future__ import annotations

import sys

from loginwright_designer.app import main

if __name__ == "__main__":
    sys.exit(main())
