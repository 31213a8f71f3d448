#!/usr/bin/env bash
# fastparquet writes today's times as 1970 when it is asked for INT96.
#
# Expected  2023-11-05 21:00:00 is read back as 2023-11-05 21:00:00, whatever unit the column has in memory;
#           times='int64', the usual way, does that.
# Seen      INT96 holds nanoseconds, and the column's integer is taken for nanoseconds as it stands. pandas 3 makes
#           columns of microseconds, so the file says 1970-01-20 16:00:18; of milliseconds, 1970-01-01 00:28:19.218.
#           No warning. Only datetime64[ns], which was pandas 2's only unit, is written right.
# Versions  fastparquet 2026.9.0, pandas 3.1.1, numpy 2.4.6; read by pyarrow 26.0.1 (2026-11-27, Python 3.11)
# Hurts     An export to INT96 for Spark or Impala puts every session into January 1970. All of them are outside the
#           period, so the month settles to 0.00 instead of failing.
#
# Exit      0 while it is so, 1 when it no longer is, 2 when the packages can't be installed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv" || exit 2
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  fastparquet==2026.9.0 pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1 || exit 2

cat > "$work/see.py" <<'PY'
import datetime
import sys

import fastparquet
import pandas
import pyarrow.parquet

MEANT = datetime.datetime(2023, 11, 5, 21)
path = sys.argv[1]


def written(unit, times):
    """The time that pyarrow finds in the file, as text."""
    column = pandas.Series([MEANT]) if unit is None else pandas.Series([MEANT]).astype(f"datetime64[{unit}]")
    fastparquet.write(path, pandas.DataFrame({"ended_at": column}), times=times)
    seen = pyarrow.parquet.read_table(path)["ended_at"].to_pylist()[0]
    print(f"{str(column.dtype):15} times={times}: {seen}")
    return str(seen)


right = written("ns", "int96") == written(None, "int64") == str(MEANT)
wrong = (written(None, "int96"), written("ms", "int96"))
sys.exit(0 if right and wrong == ("1970-01-20 16:00:18", "1970-01-01 00:28:19.218000") else 1)
PY
"$work/venv/bin/python" "$work/see.py" "$work/sessions.parquet"
