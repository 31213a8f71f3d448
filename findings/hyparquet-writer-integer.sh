#!/usr/bin/env bash
# hyparquet-writer: one column of the logical type INTEGER makes a file that other readers refuse.
#
# Expected  A schema element with logical_type INTEGER, bitWidth 32, signed, is a plain INT32 column for every reader.
# Seen      The writer succeeds and hyparquet reads the file back, but pyarrow and DuckDB refuse all of it: invalid
#           data in the footer. The format has the bit width as a one-byte integer; the writer encodes a 32-bit one,
#           which takes other bytes. With converted_type INT_32 instead, the same column is read everywhere.
# Versions  hyparquet-writer 0.17.0, hyparquet 1.31.5; pyarrow 26.0.1, DuckDB 1.5.6 (2026-11-27, Node 20, Python 3.11)
# Hurts     effective_seconds declared as a 32-bit integer: the service that exports checks its file with its own
#           library and finds it sound; the settlement can't open it, and the message names neither column nor cause.
#           The same befalls a copy that takes over the schema of a file with int8, int16 or unsigned columns.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --silent --no-audit --no-fund hyparquet-writer@0.17.0 hyparquet@1.31.5 || exit 2
python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 duckdb==1.5.6 || exit 2

cat > "$work/write.mjs" <<'JS'
import { writeFileSync } from 'node:fs';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';

const annotations = {
  logical: { logical_type: { type: 'INTEGER', bitWidth: 32, isSigned: true } },
  converted: { converted_type: 'INT_32' },
};
for (const [name, annotation] of Object.entries(annotations)) {
  const element = { name: 'effective_seconds', type: 'INT32', repetition_type: 'REQUIRED', ...annotation };
  const columnData = [{ name: 'effective_seconds', data: [3600, 5400] }];
  const file = parquetWriteBuffer({ columnData, schema: [{ name: 'root', num_children: 1 }, element] });
  console.log(`${name}: hyparquet reads ${JSON.stringify(await parquetReadObjects({ file }))}`);
  writeFileSync(`${process.argv[2]}/${name}.parquet`, Buffer.from(file));
}
JS
node "$work/write.mjs" "$work"

cat > "$work/see.py" <<'PY'
import sys

import duckdb
import pyarrow.parquet


def seen(reader, read, name):
    """The seconds, or None where the file is refused."""
    try:
        found = read(f"{sys.argv[1]}/{name}.parquet")
        print(f"{name}: {reader} reads {found}")
        return found
    except Exception as error:
        message = str(error).split("Exception: ")[-1].splitlines()[0]  # without the file's place
        print(f"{name}: {reader} refuses the file: {message}")
        return None


def by_pyarrow(path):
    return pyarrow.parquet.read_table(path)["effective_seconds"].to_pylist()


def by_duckdb(path):
    return [seconds for (seconds,) in duckdb.connect().execute("SELECT * FROM read_parquet(?)", [path]).fetchall()]


readers = {"pyarrow": by_pyarrow, "DuckDB": by_duckdb}
converted = [seen(reader, read, "converted") for reader, read in readers.items()]
logical = [seen(reader, read, "logical") for reader, read in readers.items()]
sys.exit(0 if converted == [[3600, 5400]] * 2 and logical == [None, None] else 1)
PY
"$work/venv/bin/python" "$work/see.py" "$work"
