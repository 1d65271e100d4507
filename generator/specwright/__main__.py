"""``python -m specwright`` is the command ``specwright``."""

from __future__ import annotations

import sys

from specwright.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
