"""`make bench`: everything the project promises about speed, measured in one run and printed as one table."""

import sys

from tests.bench import browser, compilations, convolutions, lessons, loops, planes, training
from tests.bench.table import show


def main() -> int:
    """Print the table; the exit status is 1 when a promise is broken."""
    rows = []
    for part in (loops, training, planes, convolutions, compilations, browser, lessons):
        print(f"measuring {part.__name__.rsplit('.', 1)[-1]} ...", file=sys.stderr, flush=True)
        rows += part.measure()
    print(show(rows))
    return 1 if any(row.kept is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
