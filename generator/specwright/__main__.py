"""``python -m specwright`` is the command ``specwright``."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from specwright.cli.main import main

        sys.exit(main())
    except KeyboardInterrupt:  # before the command itself could take it
        sys.exit(130)
