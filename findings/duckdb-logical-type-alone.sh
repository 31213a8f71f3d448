#!/usr/bin/env bash
# DuckDB reads a Parquet price of 1.50 as 150 when the file states DECIMAL by its logical type alone.
#
# Expected  The format has replaced converted types by logical types; a column that has the logical type DECIMAL(18,2)
#           and no converted type is a decimal, and one with STRING is text. pyarrow and polars read them so.
# Seen      DuckDB shows the logical type in parquet_schema(), but types the column by the converted type: the decimal
#           is a BIGINT of 150 (scale lost), the text a BLOB. No warning, and sums and comparisons go on with it.
# Versions  DuckDB 1.5.6 (2.0.0 does the same); file by hyparquet-writer 0.17.0, read rightly by pyarrow 26.0.1
#           (2026-11-27, Node 20, Python 3.11)
# Hurts     unit_price, amount and rec_dwell_minutes come out a hundred times too large, as sound integers that pass
#           every check for form and range. A track that is a BLOB compares with no track of the scarcity table.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --silent --no-audit --no-fund hyparquet-writer@0.17.0 || exit 2
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 duckdb==1.5.6 || exit 2

cat > "$work/write.mjs" <<'JS'
import { writeFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';

const price = { name: 'unit_price', type: 'INT64', repetition_type: 'REQUIRED', precision: 18, scale: 2 };
const track = { name: 'track', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' };
const file = parquetWriteBuffer({
  // without a converted type the writer takes the decimal's integer: 1.50 is 150
  columnData: [{ name: 'unit_price', data: [150n] }, { name: 'track', data: ['母婴'] }],
  schema: [
    { name: 'root', num_children: 2 },
    { ...price, logical_type: { type: 'DECIMAL', precision: 18, scale: 2 } },
    { ...track, logical_type: { type: 'STRING' } },
  ],
});
writeFileSync(process.argv[2], Buffer.from(file));
JS
node "$work/write.mjs" "$work/sessions.parquet"

cat > "$work/see.py" <<'PY'
import decimal
import sys

import duckdb
import pyarrow.parquet

path = sys.argv[1]
table = pyarrow.parquet.read_table(path)
meant = (table["unit_price"].to_pylist()[0], table["track"].to_pylist()[0])
print(f"pyarrow: {meant[0]} {meant[1]} ({', '.join(str(field.type) for field in table.schema)})")

duck = duckdb.connect()
schema = duck.execute("SELECT name, converted_type, logical_type FROM parquet_schema(?)", [path]).fetchall()
for name, converted, logical in schema[1:]:
    print(f"DuckDB's parquet_schema: {name}, converted type {converted}, logical type {logical}")
columns = "unit_price, track, typeof(unit_price), typeof(track)"
seen = duck.execute(f"SELECT {columns} FROM read_parquet(?)", [path]).fetchone()
print(f"DuckDB: {seen[0]} {seen[1]} ({seen[2]}, {seen[3]})")
so = seen == (150, "母婴".encode(), "BIGINT", "BLOB")
sys.exit(0 if meant == (decimal.Decimal("1.50"), "母婴") and so else 1)
PY
"$work/venv/bin/python" "$work/see.py" "$work/sessions.parquet"
