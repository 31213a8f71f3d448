#!/usr/bin/env bash
# polars: transposing a frame of decimals multiplies them by their scale: 1.10 becomes 110.00.
#
# Expected  transpose() moves values and changes none: 1.10 stays 1.10, as it does for integers, floats, dates and
#           times.
# Seen      A Decimal column of scale 2 comes out a hundred times as large, still as Decimal of scale 2; transposing
#           back multiplies once more. An integer column beside a decimal one is multiplied too (3 becomes 300.00).
#           Where the larger number doesn't fit the precision, the value is null. No error, no warning.
# Versions  polars 2.1.0 (2026-11-27, Python 3.11)
# Hurts     Amounts of anchors by day, turned so that each day is a row of a statement: 1.10 CNY is shown as 110.00,
#           and a column that was read as DECIMAL(4,2) is blank.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 || exit 2

cat > "$work/see.py" <<'PY'
import sys
from decimal import Decimal

import polars

days = polars.DataFrame({"A1001": [Decimal("1.10"), Decimal("2.25")], "A1002": [Decimal("3.00"), Decimal("4.75")]})
beside = polars.DataFrame({"amount": [Decimal("1.10")], "sessions": [3]})
narrow = polars.DataFrame({"amount": [Decimal("1.10")]}, schema={"amount": polars.Decimal(4, 2)})
floats = polars.DataFrame({"amount": [1.10, 2.25]})


def turned(what, frame):
    """The cells of the turned frame, as text."""
    cells = [[None if cell is None else str(cell) for cell in row] for row in frame.transpose().rows()]
    print(f"{what}: {frame.rows()}\n  transposed: {cells}")
    return cells


so = (
    turned("floats", floats) == [["1.1", "2.25"]]
    and turned("decimals", days) == [["110.00", "225.00"], ["300.00", "475.00"]]
    and turned("decimal and integer", beside) == [["110.00"], ["300.00"]]
    and turned("decimal of precision 4", narrow) == [[None]]
)
sys.exit(0 if so else 1)
PY
"$work/venv/bin/python" "$work/see.py"
