#!/usr/bin/env bash
# polars: concat() of decimals of different scales rounds the second frame's values, or makes them null, silently.
#
# Expected  how="vertical" wants equal types and raises for Int64 below Float64; how="vertical_relaxed" is there to
#           find a common type. So DECIMAL(3,2) below DECIMAL(10,4) should raise too.
# Seen      The second frame is cast to the first one's type without a word: 0.0295 becomes 0.03, and 12.5, which
#           DECIMAL(3,2) can't hold, becomes null. The other order keeps the digits, so the result hangs on the order
#           of the files. Frames, lazy frames, vstack() and extend() do the same.
# Versions  polars 2.1.0 (2026-11-27, Python 3.11)
# Hurts     Nights whose unit_price got its type from the values of the night. 0.0295 paid as 0.03 is 1.7 % too much;
#           a price that became null is a blank one, for which the policy's rate of the level is paid instead.
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


def night(price, precision, scale):
    return polars.DataFrame({"unit_price": [Decimal(price)]}, schema={"unit_price": polars.Decimal(precision, scale)})


def joined(what, frames, **how):
    """The prices of the joined frames as text, or the error's name."""
    try:
        prices = polars.concat(frames, **how)["unit_price"].to_list()
        seen = [None if price is None else str(price) for price in prices]
    except polars.exceptions.PolarsError as error:
        seen = type(error).__name__
    print(f"{what}: {seen}")
    return seen


first, finer, larger = night("1.20", 3, 2), night("0.0295", 10, 4), night("12.5", 3, 1)
numbers = [polars.DataFrame({"unit_price": [1]}), polars.DataFrame({"unit_price": [1.5]})]
so = (
    joined("an integer, then a float", numbers) == "SchemaError"
    and joined("1.20, then 0.0295", [first, finer]) == ["1.20", "0.03"]
    and joined("0.0295, then 1.20", [finer, first]) == ["0.0295", "1.2000"]
    and joined("1.20, then 12.5", [first, larger]) == ["1.20", None]
    and joined("1.20, then 0.0295, relaxed", [first, finer], how="vertical_relaxed") == ["1.2000", "0.0295"]
)
sys.exit(0 if so else 1)
PY
"$work/venv/bin/python" "$work/see.py"
