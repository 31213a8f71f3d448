"""A second reader of packets, written from docs/packet.md alone: python3 prove.py PACKET.html [--root HEX]
It verifies a packet's *proof*: form, order, groups, roots; that each row is in canonical form and the unit's own; the
ways to the root (--root: one that the reader has by another way); cover and revision, which don't hang on the root. It
recomputes no amounts (verify_packet.py does), verifies no signature. Exit 0: `good`; 1: differences; 2: wrong use."""
import argparse, base64, hashlib, hmac, json, pathlib, re, sys
from decimal import Decimal

FILES = ["inputs/agencies.csv", "inputs/anchors.csv", "settlement.csv", "days.csv", "sessions.csv",
         "inputs/ineligible.csv", "inputs/penalties.csv", "unsettled.csv", "quarantine.csv", "adjustments.csv",
         "notices.csv", "inputs/control.csv", "disputes.csv"]
NOT_IN_EVERY_RUN = [FILES[0], "inputs/ineligible.csv", "adjustments.csv", "inputs/control.csv", "disputes.csv"]
RUN = ["run_id", "programme", "rules", "policy_id", "policy_sha256", "period_from", "period_to", "as_of",
       "revision", "restates", "program_version", "program_build"]
# A packet's text, with its keys sorted, as one regular expression
TEXT, ID = r'"[^"\\]*(?:\\.[^"\\]*)*"', r'"(?:[^"\\]|\\["\\])+"'
CNY, NUMBER, HEX, WAY = r'"-?\d+\.\d\d"', r"[1-9]\d*", '(?:"[0-9a-f]{64}"|null)', f"(?:{TEXT}|null)"
FILE = rf'\{{"file":{TEXT},"records":\[{TEXT}(?:,{TEXT})*\]\}}'
LIST = rf'"files":\[{FILE}(?:,{FILE})*\]'
GROUP = rf'\{{"anchor":(?:""|{ID}),{LIST},"root":{HEX}\}}'
FORM = rf'\{{"close":(?:null|\{{"close_no":{NUMBER},"closed_at":"\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d",' \
    rf'"closed_by":{TEXT},"revision":{NUMBER},"root":{HEX}(?:,"signature":{TEXT})?\}}),' \
    rf'"cover":\{{"closed_before":{CNY},"due":{CNY},"total":{CNY}\}},"format":"settle-packet-1",' \
    rf'"groups":\[{GROUP}(?:,{GROUP})*\],"key":{HEX},"program":\{{"name":{TEXT},"version":{TEXT}\}},"proof":{WAY},' \
    rf'"shared":\{{{LIST},"key":{HEX},"proof":{WAY},"root":{HEX}\}},"unit":\{{"id":{ID},"kind":"(agency|anchor)"\}}\}}'
found = []

def check(right, place, what):
    if not right:
        found.append(f"{place}: {what}")

def read(path):
    parts = pathlib.Path(path).read_bytes().decode("utf-8").split('<script type="application/json" id="settle-packet">')
    if len(parts) != 2 or "</script>" not in parts[1]:
        raise ValueError("the page doesn't hold one packet")
    text = parts[1].split("</script>")[0]
    packet = json.loads(text)
    if json.dumps(packet, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c") != text:
        raise ValueError("the JSON is not in its one form")
    if not re.fullmatch(FORM, json.dumps(packet, ensure_ascii=False, separators=(",", ":"), sort_keys=True), re.A):
        raise ValueError("other keys or types, or a value of another form")
    return packet

def cells(record, place):
    parts = re.findall(r'(?:^|,)("(?:[^"]|"")*"|[^",\r\n]*)', record)
    values = [p[1:-1].replace('""', '"') if p[:1] == '"' else p for p in parts]
    again = ",".join('"' + v.replace('"', '""') + '"' if re.search('[",\r\n]', v) else v for v in values)
    check(again == record, place, "not in canonical form")
    return values

def is_own(file, row, anchor, unit, group):
    agency = unit["id"] if unit["kind"] == "agency" else ""
    here = row.get("anchor_id", "") == anchor and (agency or anchor == unit["id"])
    if file == "inputs/penalties.csv":
        return here and row["agency_id"] == ("" if anchor else agency)
    if file == "quarantine.csv":
        return any((r["file"], r["line"]) == (row["file"], row["line"]) for r in group.get("unsettled.csv", []))
    sessions = {r["session_id"] for r in group.get("sessions.csv", [])}
    if file == "inputs/control.csv":
        return row["session_id"] in sessions
    if file == "notices.csv":
        return not sessions.union([anchor]).isdisjoint(f"{row['subject']};{row['value']}".split(";")) and anchor
    if "agency_id" in row:
        return here and row["agency_id"] == agency and (file == "unsettled.csv" or (anchor == "") == (file == FILES[0]))
    return here and (file == "disputes.csv" or "inputs/anchors.csv" in group)

def sha(*data):
    return hashlib.sha256(b"".join(data)).digest()

def tree(leaves):
    left = 1 << (len(leaves) - 1).bit_length() - 1 if len(leaves) > 1 else 0
    return sha(b"\1", tree(leaves[:left]), tree(leaves[left:])) if left else leaves[0]

def unit_leaf(place, key, kind, name, groups):
    leaves = []
    for group in groups:
        secret = hmac.digest(bytes.fromhex(key), f"settle packet 1 group\n{group['anchor']}\n".encode(), "sha256")
        rows = [f"{f['file']}\n{record}".encode() for f in group["files"] for record in f["records"]]
        salts = [hmac.digest(secret, i.to_bytes(8, "big"), "sha256") for i in range(len(rows))]
        root = tree([sha(b"\0", salt, row) for salt, row in zip(salts, rows)]).hex()
        check(root == group["root"], f"{place}, group {group['anchor']!r}", "its rows don't make its root")
        leaves.append(sha(b"\0", f"settle packet 1 group\n{group['anchor']}\n{len(rows)}\n{root}\n".encode()))
    return sha(b"\0", f"settle packet 1 unit\n{kind}\n{name}\n{len(leaves)}\n{tree(leaves).hex()}\n".encode())

def walk(place, leaf, proof, run_id, root):
    b64, number = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=", r"(0|[1-9]\d{0,15})"
    form = re.fullmatch(rf"c2sp\.org/tlog-proof@v1\nindex {number}\n((?:{b64}\n)*)\n(.+)\n{number}\n({b64})\n", proof)
    if not form:
        return check(False, place, "its proof is of another form")
    index, path, size, end = int(form[1]), form[2].split(), int(form[4]), base64.b64decode(form[5])
    check(size >= 1024 and size == 1 << len(path) and index < size, place, f"{len(path)} hashes, {index} of {size}")
    for i, beside in enumerate(map(base64.b64decode, path)):
        leaf = sha(b"\1", beside, leaf) if index >> i & 1 else sha(b"\1", leaf, beside)
    check(leaf == end, place, "the way doesn't end in the checkpoint's root")
    check(end.hex() == root, place, "the checkpoint's root is not close.root")
    check(form[3] == f"settle-packet/{run_id}", place, f"of {form[3]}, and the rows are of the run {run_id}")
    return form[3], size, end

def prove(packet, root):
    shared, unit, groups, close = packet["shared"], packet["unit"], packet["groups"], packet["close"] or {"root": None}
    *tables, policy = shared["files"]
    names = [f["file"] for f in shared["files"]]
    listed = [f for f in FILES if f in names or f not in NOT_IN_EVERY_RUN]
    check(names == ["run", *listed, "inputs/scarcity.csv", "policy.yaml"], "shared", f"files {', '.join(names)}")
    rows = {f["file"]: [cells(r, f"shared, {f['file']} {i}") for i, r in enumerate(f["records"])] for f in tables}
    run = dict(rows["run"])
    check([r[0] for r in rows["run"]] == RUN, "shared, run", "not the names of a run")
    check(all(len(rows[f]) == 1 for f in listed), "shared", "a header is not the only record")
    check([sha(r.encode()).hex() for r in policy["records"]] == [run["policy_sha256"]], "policy.yaml", "other SHA-256")
    check(str(close.get("revision", run["revision"])) == run["revision"], "close.revision", "not the run's")
    anchors, total, due = [g["anchor"].encode() for g in groups], Decimal(0), Decimal(0)
    check(anchors == sorted(set(anchors)), "groups", "not in the order of their anchors, each once")
    for g in groups:
        place, group, names = f"group {g['anchor']!r}", {}, [f["file"] for f in g["files"]]
        check(names == [f for f in listed if f in names], place, f"its files are {', '.join(names)}")
        for f in g["files"]:
            values = [cells(r, f"{place}, {f['file']} {i}") for i, r in enumerate(f["records"])]
            check({len(v) for v in values} == {len(rows[f["file"]][0])}, f"{place}, {f['file']}", "other columns")
            group[f["file"]] = [dict(zip(rows[f["file"]][0], v)) for v in values]
        for file, i, row in [(file, i, row) for file in group for i, row in enumerate(group[file])]:
            check(is_own(file, row, g["anchor"], unit, group), f"{place}, {file} {i}", "of another unit or group")
        total += sum(Decimal(r["total"]) for r in group.get("settlement.csv", []))
        due += sum(Decimal(r["delta"]) for r in group.get("adjustments.csv", []))
    before = total - due if run["restates"] else Decimal(0)
    cover = {"total": f"{total:.2f}", "closed_before": f"{before:.2f}", "due": f"{total - before:.2f}"}
    check(packet["cover"] == cover, "cover", f"the rows make {cover}")
    if None in (close["root"], *(g[k] for g in (packet, shared, *groups) for k in ("key", "proof", "root") if k in g)):
        return check(False, "close", "there is no seal, or not all of it")
    ends = [walk(place, unit_leaf(place, part["key"], *of), part["proof"], run["run_id"], close["root"])
            for place, part, of in (("unit", packet, (unit["kind"], unit["id"], groups)),
                                    ("shared", shared, ("shared", "", [{**shared, "anchor": ""}])))]
    check(ends[0] == ends[1], "shared", "another checkpoint than the unit's")
    check(root in (None, close["root"]), "--root", f"the packet is under {close['root']}")
    count = [sum(len(f["records"]) for g in part for f in g["files"]) for part in (groups, [shared])]
    return f"good: {unit['kind']} {unit['id']}, {len(groups)} groups, {count[0]} rows and {count[1]} shared ones, " \
        f"under the root {close['root']}, which {'was given' if root else 'must be known by another way'}"

parser = argparse.ArgumentParser()
parser.add_argument("packet")
parser.add_argument("--root")
args = parser.parse_args()
if args.root is not None and not re.fullmatch("[0-9a-f]{64}", args.root):
    parser.error("--root takes 64 hexadecimal digits in lower case")
try:
    done = prove(read(args.packet), args.root)
except OSError as error:
    parser.error(str(error))
except (ArithmeticError, KeyError, IndexError, ValueError, RecursionError) as error:
    check(False, "packet", f"{type(error).__name__}: {error}")
print(*found or [done], sep="\n")
sys.exit(1 if found else 0)
