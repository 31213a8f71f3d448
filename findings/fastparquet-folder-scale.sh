#!/usr/bin/env bash
# fastparquet reads a folder's decimals by the scale of its first file: 0.0295 becomes 295.
#
# Expected  Each file says its own scale, so 0.0295 of the second file is 0.0295; or an error, as pyarrow and polars
#           give for the same two files. That schemas aren't compared by default is documented (verify=False), but not
#           that a file's own numbers change.
# Seen      The first file has DECIMAL(10,2), the second DECIMAL(10,6). Each alone is read right. Together, the
#           second's 0.029500 is read as 295.0: its integer 29500 over the first file's 100. No warning.
# Versions  fastparquet 2026.9.0, pandas 3.1.1, numpy 2.4.6; files by pyarrow 26.0.1 (2026-11-27, Python 3.11)
# Hurts     pyarrow and pandas infer a decimal's scale from the values of each export. The night with the first price
#           of four places turns a price of 0.0295 a minute into 295 a minute for that night alone.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  fastparquet==2026.9.0 pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1 || exit 2

cat > "$work/see.py" <<'PY'
import decimal
import os
import sys

import fastparquet
import pyarrow
import pyarrow.parquet


def night(name, price, scale):
    path = os.path.join(sys.argv[1], name)
    column = pyarrow.array([decimal.Decimal(price)], pyarrow.decimal128(10, scale))
    pyarrow.parquet.write_table(pyarrow.table({"unit_price": column}), path)
    return path


def prices(paths):
    return fastparquet.ParquetFile(paths).to_pandas()["unit_price"].tolist()


first = night("sessions-2023-11-01.parquet", "0.03", 2)
second = night("sessions-2023-11-02.parquet", "0.029500", 6)
alone = prices(first) + prices(second)
together = prices([first, second])
print(f"each alone: {alone}")
print(f"together:   {together}")
sys.exit(0 if alone == [0.03, 0.0295] and together == [0.03, 295.0] else 1)
PY
"$work/venv/bin/python" "$work/see.py" "$work"
