#!/usr/bin/env bash
# @dsnp/parquetjs reads a DECIMAL(7,2) that it wrote itself as other rows' amounts, with zeros in between.
#
# Expected  What the library writes it reads back row by row, as other readers do. The format allows a narrow decimal in
#           an INT64.
# Seen      The writer stores every DECIMAL as INT64. The reader takes one of up to nine digits for an INT32, whatever the
#           file says, and halves each value: the first row keeps its amount, the second is 0, the third has the second
#           row's. The number of rows is right, and there is no error. With ten digits the same column is read as written.
# Versions  @dsnp/parquetjs 1.8.8; pyarrow 26.0.1 reads the file as it was meant (2026-11-28, Node 20, Python 3.11)
# Hurts     Amounts of anchors, as an export service would keep them: A2 is paid nothing and A3 what A2 is due, and half of
#           the amounts are gone. That the writer cuts 19.99 to 19.98 is known (issue 182 of its repository); this isn't.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --silent --no-audit --no-fund @dsnp/parquetjs@1.8.8 || exit 2
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 || exit 2

cat > "$work/see.mjs" <<'JS'
import parquet from '@dsnp/parquetjs';

const amounts = { A1: 1.1, A2: 8.22, A3: 160.1, A4: 3.5 };
const seen = {};
for (const precision of [7, 10]) {
  const path = `${process.argv[2]}/${precision}.parquet`;
  const schema = new parquet.ParquetSchema({ anchor_id: { type: 'UTF8' }, amount: { type: 'DECIMAL', precision, scale: 2 } });
  const writer = await parquet.ParquetWriter.openFile(schema, path);
  for (const [anchor_id, amount] of Object.entries(amounts)) await writer.appendRow({ anchor_id, amount });
  await writer.close();
  const cursor = (await parquet.ParquetReader.openFile(path)).getCursor();
  const rows = [];
  for (let row = await cursor.next(); row !== null; row = await cursor.next()) rows.push(`${row.anchor_id} ${row.amount}`);
  seen[precision] = rows.join(', ');
  console.log(`read back, ${precision} digits: ${seen[precision]}`);
}
process.exit(seen[7] === 'A1 1.1, A2 0, A3 8.22, A4 0' && seen[10] === 'A1 1.1, A2 8.22, A3 160.1, A4 3.5' ? 0 : 1);
JS
cat > "$work/other.py" <<'PY'
import sys

import pyarrow.parquet as pq

rows = pq.read_table(sys.argv[1])
print("pyarrow, 7 digits:", ", ".join(f"{row['anchor_id']} {row['amount']}" for row in rows.to_pylist()), rows.schema.field("amount").type)
sys.exit(0 if [str(amount) for amount in rows["amount"].to_pylist()] == ["1.10", "8.22", "160.10", "3.50"] else 1)
PY
node "$work/see.mjs" "$work"
"$work/venv/bin/python" "$work/other.py" "$work/7.parquet"
