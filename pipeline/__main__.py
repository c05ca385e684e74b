"""`veille`, which is `python -m pipeline` too: the command line, and a process that ends when its work is done."""

from __future__ import annotations

import atexit
import os
import sys


def main() -> None:
    """Run the command line, and end the process with its exit code.

    What was loaded is a million objects, which Python would let go one by one, for half a second, before the system takes their
    memory back. mypy ends in the same way. The first that asks to be called at the end is called last: threads have come to their
    end by then, and all that others want closed, removed or written is.
    """
    code: int | None = None

    def leave() -> None:
        if code is not None:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    atexit.register(leave)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # of Arrow's own pools less comes back to others
    try:
        from pipeline.cli import app

        app()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else None
        raise
    except KeyboardInterrupt:  # before any command has begun
        code = 130
        sys.exit(code)


if __name__ == "__main__":
    main()
