#!/usr/bin/env bash
# DataFusion: amount = 8.22 finds no row of a decimal column that holds 8.22.
#
# Expected  A column of DECIMAL(18,2) that is compared with 8.22 in SQL finds 8.22, as in DuckDB, which reads the literal
#           as a decimal; if both were compared as floats it would be found too.
# Seen      DataFusion reads the literal as Float64, casts that to Decimal(31,15), where it is 8.220000000000001, and
#           compares the column with that: = and IN miss the row, and >= 8.22 leaves it out. Of amounts below 10 this
#           befalls one in twenty, of those of a million or more nine in ten, among them 1204868.25, which a float holds
#           exactly. No error, no warning; count and sum go on with what is left.
# Versions  datafusion 55.0.0, pyarrow 26.0.1 (2026-11-28, Python 3.11). The option
#           datafusion.sql_parser.parse_float_as_decimal mends it; it is off by default. The coercion is known upstream
#           (apache/datafusion issue 14272).
# Hurts     Caps and thresholds that are written into a query: anchors paid at least 8.22 lose those paid exactly that, and
#           a payment of 1204868.25 that is looked up was never made.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check datafusion==55.0.0 pyarrow==26.0.1 || exit 2

cat > "$work/see.py" <<'PY'
from decimal import Decimal

import datafusion
import pyarrow as pa

# Every amount below 10, and five hundred from a million on.
amounts = [Decimal(fen).scaleb(-2) for fen in range(1, 1000)]
large = [Decimal(100_000_000 + 7919 * step).scaleb(-2) for step in range(500)]
context = datafusion.SessionContext()
rows = pa.array(amounts + large + [Decimal("1204868.25")], pa.decimal128(18, 2))
context.from_arrow(pa.table({"amount": rows}), name="paid")


def found(where: str) -> int:
    return context.sql(f"SELECT count(*) AS n FROM paid WHERE {where}").to_pydict()["n"][0]


print("amount = 8.22:", found("amount = 8.22"))
print("amount >= 8.22 AND amount < 8.23:", found("amount >= 8.22 AND amount < 8.23"))
print("amount = 1204868.25:", found("amount = 1204868.25"))
print("amount = '8.22':", found("amount = '8.22'"))
print("amount = CAST('8.22' AS DECIMAL(18,2)):", found("amount = CAST('8.22' AS DECIMAL(18,2))"))
for name, some in [("below 10", amounts), ("a million and more", large)]:
    missed = sum(found(f"amount = {amount}") == 0 for amount in some)
    print(f"{name}: {missed} of {len(some)} amounts aren't found by themselves")
so = found("amount = 8.22") == 0 and found("amount = 1204868.25") == 0 and found("amount = '8.22'") == 1
raise SystemExit(0 if so else 1)
PY
"$work/venv/bin/python" "$work/see.py" || exit 1
