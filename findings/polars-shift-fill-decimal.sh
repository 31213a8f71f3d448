#!/usr/bin/env bash
# polars: shift() of decimals takes fill_value for hundredths: 12 becomes 0.12, but not in a lazy frame.
#
# Expected  The place that shift(1, fill_value=12) opens in a Decimal column of scale 2 holds 12.00, as it does with
#           fill_null(12), extend_constant(12, 1) and in a LazyFrame.
# Seen      In a DataFrame or Series it holds 0.12: the value's whole part is taken for the stored integer. What
#           stands after the point is lost first: Decimal("1.2345") gives 0.0001. The same expression in a LazyFrame
#           is right, so adding .lazy() changes amounts. No error, no warning.
# Versions  polars 2.1.0 (2026-11-27, Python 3.11)
# Hurts     "The balance before this line" of a statement, whose first line starts from what was carried over: 12 CNY
#           carried over are shown and counted as 0.12.
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

frame = polars.DataFrame({"amount": [Decimal("0.10"), Decimal("0.20")]})


def before(value):
    """What stands first after shifting, eagerly and lazily."""
    shifted = polars.col("amount").shift(1, fill_value=value)
    eager = str(frame.select(shifted)["amount"][0])
    lazy = str(frame.lazy().select(shifted).collect()["amount"][0])
    print(f"fill_value={value!r}: DataFrame {eager}, LazyFrame {lazy}")
    return eager, lazy


so = (
    before(12) == ("0.12", "12.00")
    and before(Decimal("12.00")) == ("0.12", "12.00")
    and before(Decimal("1.2345")) == ("0.0001", "1.2345")
)
sys.exit(0 if so else 1)
PY
"$work/venv/bin/python" "$work/see.py"
