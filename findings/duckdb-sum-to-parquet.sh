#!/usr/bin/env bash
# DuckDB writes the sum of whole numbers to Parquet as a binary float, and the last digits change.
#
# Expected  SUM of a BIGINT is a HUGEINT, exact to 38 digits. Parquet has no integer of 128 bits, so COPY should refuse
#           the column, or write DECIMAL(38,0), which Parquet has and DuckDB reads back exactly.
# Seen      The column is written as DOUBLE without a word. 9007199254740995 comes back as 9007199254740996, of another
#           type, and is a sound whole number to whoever casts it.
# Versions  DuckDB 1.5.6 (2026-11-28, Python 3.11)
# Hurts     Totals in fen that are handed to another engine by Parquet: a sum that was exact until it was exported is not
#           any longer, and totals that were compared before and after differ.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==1.5.6 || exit 2

cat > "$work/see.py" <<'PY'
import sys

import duckdb

path = sys.argv[1]
duckdb.sql("CREATE TABLE part AS SELECT CAST(9007199254740993 AS BIGINT) AS fen UNION ALL SELECT 2")
total = duckdb.sql("SELECT sum(fen), typeof(sum(fen)) FROM part").fetchone()
duckdb.sql(f"COPY (SELECT sum(fen) AS total FROM part) TO '{path}' (FORMAT parquet)")
back = duckdb.sql(f"SELECT CAST(total AS HUGEINT), typeof(total) FROM '{path}'").fetchone()
print(f"the sum: {total}\nread back: {back}")
sys.exit(0 if total == (9007199254740995, "HUGEINT") and back == (9007199254740996, "DOUBLE") else 1)
PY
"$work/venv/bin/python" "$work/see.py" "$work/total.parquet"
