#!/usr/bin/env bash
# read-excel-file: a session of exactly half an hour in a workbook lasts 29 minutes and 59.999 seconds.
#
# Expected  A cell that shows 2023-11-05 00:34:00 is that time. A workbook keeps times as fractions of a day, so a reader
#           rounds to the millisecond, as openpyxl, exceljs and calamine do.
# Seen      Of the 1,440 whole minutes of a day, as openpyxl writes them, 544 are read a millisecond early: 00:34:00 is
#           00:33:59.999. Of 1,440 sessions of exactly 30 minutes, 384 last less than 1,800 seconds. A time is cut off
#           where its product with the milliseconds of a day isn't whole. No error, no warning.
# Versions  read-excel-file 9.3.17; exceljs 4.4.0 reads all of them right; file by openpyxl 3.1.5
#           (2026-11-28, Node 20, Python 3.11)
# Hurts     A rule that counts sessions of at least 30 minutes drops more than a quarter of those that last exactly that.
#           Formatted to the second, 20:31:00 becomes 20:30:59.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --silent --no-audit --no-fund read-excel-file@9.3.17 exceljs@4.4.0 || exit 2
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 || exit 2

cat > "$work/write.py" <<'PY'
import sys
from datetime import datetime, timedelta

import openpyxl

book = openpyxl.Workbook()
book.active.append(["started_at", "ended_at"])
for minute in range(1440):
    started_at = datetime(2023, 11, 5) + timedelta(minutes=minute)
    book.active.append([started_at, started_at + timedelta(minutes=30)])
book.save(sys.argv[1])
PY
"$work/venv/bin/python" "$work/write.py" "$work/sessions.xlsx"

cat > "$work/see.mjs" <<'JS'
import ExcelJS from 'exceljs';
import readExcelFile from 'read-excel-file/node';

const file = process.argv[2];
const first = Date.UTC(2023, 10, 5);
const [{ data }] = await readExcelFile(file);
const workbook = new ExcelJS.Workbook();
await workbook.xlsx.readFile(file);
const sheet = workbook.worksheets[0];
const others = Array.from({ length: 1440 }, (_, at) => [1, 2].map((column) => sheet.getCell(at + 2, column).value));
const seen = {};
for (const [name, rows] of [['read-excel-file', data.slice(1)], ['exceljs', others]]) {
  const early = rows.filter(([from], minute) => from.getTime() < first + minute * 60_000).length;
  const short = rows.filter(([from, to]) => to - from < 1_800_000);
  console.log(`${name}: ${rows.length} sessions, ${early} begin early, ${short.length} last less than half an hour`);
  for (const [from, to] of short.slice(0, 1)) console.log(`  such as ${from.toISOString()} to ${to.toISOString()}`);
  seen[name] = [early, short.length].join();
}
process.exit(seen['read-excel-file'] === '544,384' && seen.exceljs === '0,0' ? 0 : 1);
JS
node "$work/see.mjs" "$work/sessions.xlsx"
