#!/usr/bin/env python3
"""Verifies a packet offline: python3 verify_packet.py PACKET.html [--root HEX] [--allowed-signers FILE [--signer NAME]]

Prints a line for every difference, "place: what", or one line that all agrees.
Signatures are checked by ssh-keygen, where there is one.
Exit 0: it agrees; 6: something differs; 3: no packet that can be read; 2: wrong usage.
"""
import base64, csv, hashlib, hmac, io, json, os, re, shutil, subprocess, sys, tempfile
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, getcontext
from operator import eq, ge, gt, le, lt

getcontext().prec = 200  # nothing in a packet comes near: all sums and products are exact
csv.field_size_limit(2**31 - 1)
found, ZERO = [], Decimal("0.00")
CANNOT = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, csv.Error)
HEX, CNY, TEXT = "[0-9a-f]{64}", r"-?[0-9]+\.[0-9]{2}", r"(?s).*"
FILES = [{"file": TEXT, "records": [TEXT]}]  # a text: a pattern; a tuple: may be null; int: a whole number
PACKET = {  # but for close.signature, of a close that is signed
    "format": "settle-packet-1", "program": {"name": TEXT, "version": TEXT}, "key": (HEX,), "proof": (TEXT,),
    "unit": {"kind": "agency|anchor", "id": "(?s).+"}, "cover": {"total": CNY, "closed_before": CNY, "due": CNY},
    "close": ({"close_no": int, "revision": int, "closed_at": TEXT, "closed_by": TEXT, "root": (HEX,)},),
    "shared": {"key": (HEX,), "proof": (TEXT,), "root": (HEX,), "files": FILES},
    "groups": [{"anchor": TEXT, "root": (HEX,), "files": FILES}]}
RUN = ("run_id programme rules policy_id policy_sha256 period_from period_to as_of revision restates "
       "program_version program_build").split()
TABLES = {f: (columns.split(","), key.split(",")) for f, columns, key in [  # in their order; what their rows go by
    ("inputs/agencies.csv", "agency_id,name,source_file,source_line", "agency_id"),
    ("inputs/anchors.csv", "anchor_id,nickname,agency_id,account_kind,first_live_on,newcomer_certified_on,person_id,"
     "compliance_code,source_file,source_line", "anchor_id"),
    ("settlement.csv", "period_from,period_to,anchor_id,nickname,agency_id,status,valid_sessions,valid_seconds,"
     "valid_days,watch_time_gross,cap_withheld,watch_time,attendance_bonus,newcomer_bonus,forfeited,total,reasons",
     "anchor_id"),
    ("days.csv", "anchor_id,date,valid_sessions,valid_seconds,valid_day,top_level,cap,gross,withheld,watch_time",
     "anchor_id,date"),
    ("sessions.csv", "session_id,anchor_id,settlement_date,started_at,ended_at,duration_seconds,effective_seconds,"
     "settleable,suspended,opted_out,replay_deleted_at,quality_level,track,rec_dwell_minutes,unit_price,scarcity_index,"
     "valid,reasons,amount", "anchor_id,settlement_date,session_id"),
    ("inputs/ineligible.csv", "anchor_id,from,to,cause,clause,source_file,source_line", "anchor_id,from,cause,clause"),
    ("inputs/penalties.csv", "penalty_id,anchor_id,agency_id,session_id,kind,penalized_at,status,source_file,source_line",
     "penalty_id"),
    ("unsettled.csv", "file,line,session_id,anchor_id,agency_id,ended_at,codes,needs,needs_zh", "file,line"),
    ("quarantine.csv", "file,line,column,code,value,message", "file,line,column,code"),
    ("adjustments.csv", "anchor_id,agency_id,date,part,closed,restated,delta,causes", "anchor_id,date,part"),
    ("notices.csv", "code,severity,file,subject,count,value,message", "code,subject"),
    ("inputs/control.csv", "session_id,date,sessions,rec_dwell_minutes,amount,source_file,source_line", "session_id"),
    ("disputes.csv", "dispute_id,received_at,run_id,anchor_id,session_id,date,claim,answered_at,answered_by,accepted,answer,"
     "rows,paying_run_id", "received_at,dispute_id"),
    ("inputs/scarcity.csv", "track,effective_from,scarcity_index,source_file,source_line", "track,effective_from")]}
OPTIONAL = {"inputs/agencies.csv", "inputs/control.csv", "inputs/ineligible.csv", "disputes.csv"}  # not in every run
UNSORTED = ("adjustments.csv", "notices.csv", "inputs/control.csv", "inputs/ineligible.csv")  # files whose key the pages don't say
POLICY_KEYS = set("""id rules programme timezone currency period from to scope account_kinds first_live_on_or_after
    valid_session min_minutes invalidating_penalties replay_retention_months valid_day scarcity renewed_every_days
    watch_time rates level unit_price daily_caps max_level cap newcomer_bonus window_days scarcity_index op value tiers
    valid_days valid_minutes amount attendance_bonus low_level_share share disqualification compliance_codes penalties
    ineligible expelled kinds of at_least within within_days forfeits dated clause note""".split())
PARTS, OPS = ["watch_time", "attendance_bonus", "newcomer_bonus"], {"=": eq, ">=": ge, ">": gt, "<=": le, "<": lt}

def differ(place, what):
    found.append(f"{place}: {what}".replace("\r", "\\r").replace("\n", "\\n"))

def compare(place, row, want):
    for column, value in want.items():
        if row[column] != value:
            differ(f"{place} {column}", f"has {row[column]}, and {value} follows")

def need(holds, what):
    if not holds:
        raise ValueError(what)

def number(s):
    need(isinstance(s, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", s), f"{s!r} is no decimal text")
    return Decimal(s)

def day(s):
    need(re.fullmatch("[0-9]{4}(-[0-9]{2}){2}|", s), f"{s!r} is no date")
    return date(*map(int, s.split("-"))) if s else None

def time(s):
    need(re.fullmatch("[0-9]{4}(-[0-9]{2}){2} [0-9]{2}(:[0-9]{2}){2}|", s), f"{s!r} is no time")
    return datetime.strptime(s, "%Y-%m-%d %H:%M:%S") if s else None

# ---- Step 1: the packet's text ----

def shape(v, s, at):
    if isinstance(s, tuple):
        return v is None or shape(v, s[0], at)
    kind = str if isinstance(s, str) else type(s) if s is not int else int
    need(type(v) is kind and (kind is not dict or set(v) == set(s)), f"{at} is of another type, or has other keys")
    need(kind is not str or re.fullmatch(s, v), f"{at} is not of its form")
    for k in s if kind is dict else range(len(v)) if kind is list else ():
        shape(v[k], s[k] if kind is dict else s[0], f"{at}.{k}")

def once(pairs):
    need(len(dict(pairs)) == len(pairs), "a key stands twice")
    return dict(pairs)

def read_packet(path):
    with open(path, "rb") as f:
        page = f.read().decode("utf-8").split('<script type="application/json" id="settle-packet">')
    need(len(page) == 2 and "</script>" in page[1], "the page holds no packet, or two")
    packet = json.loads(page[1].split("</script>")[0], object_pairs_hook=once)
    close = packet.get("close") if type(packet) is dict else None
    signature = close.pop("signature", None) if type(close) is dict else None
    need(signature is None or type(signature) is str, "packet.close.signature is of another type")
    shape(packet, PACKET, "packet")
    packet["signature"] = signature
    json.dumps(packet, ensure_ascii=False).encode("utf-8")  # refuses half characters
    return packet

# ---- The policy's text: the part of YAML that policies are written in ----

YAML_KEY = re.compile(r"([A-Za-z_]\w*):(?:\s+|$)")
YAML_TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*")|'((?:[^']|'')*)'|(\s#.*)|[^\s{}\[\],:"'][^{}\[\],]*?(?=\s*[,}\]]|:\s)""")

def yaml_token(m):  # as JSON has it
    plain = m[0] if m[2] is None else m[2].replace("''", "'")
    return m[1] or ("" if m[3] else plain if re.fullmatch("[0-9]+", m[0]) else json.dumps(plain))

def yaml_value(s):
    if s[:1] and s[0] in "{[\"'":
        return json.loads(YAML_TOKEN.sub(yaml_token, s), object_pairs_hook=once)
    plain = re.split(r"\s#", s)[0].strip()
    need(re.match("[^&*!|>%@`]", plain), f"{s!r}: this reader doesn't know that")
    return int(plain) if re.fullmatch("[0-9]+", plain) else plain

def yaml_block(lines, indent):
    """Takes a block off the front of lines, each (indent, text)."""
    dash = lines[0][1].startswith("- ")
    out = [] if dash else {}
    while lines and lines[0][0] == indent and lines[0][1].startswith("- ") == dash:
        s = lines.pop(0)[1]
        item, m = s[2:].lstrip(), YAML_KEY.match(s)
        if dash and YAML_KEY.match(item):  # a mapping that begins beside the dash
            lines.insert(0, (indent + len(s) - len(item), item))
            out.append(yaml_block(lines, lines[0][0]))
        elif dash:
            out.append(yaml_value(item))
        else:
            need(m and m[1] not in out, f"{s!r}: no key, or one twice")
            if s[m.end():][:1] not in ("", "#"):
                out[m[1]] = yaml_value(s[m.end():])
            else:  # what stands below it, or nothing
                below = lines and lines[0][0] >= indent + (not lines[0][1].startswith("- "))
                out[m[1]] = yaml_block(lines, lines[0][0]) if below else None
    need(not lines or lines[0][0] < indent, f"{lines and lines[0][1]!r}: stands too far in")
    return out

def read_policy(text):
    lines = [(len(s) - len(s.lstrip(" ")), s.strip()) for s in text.split("\n")]
    lines = [x for x in lines if x[1] and x[1][0] != "#"]
    policy = json.loads(text, object_pairs_hook=once) if text.lstrip()[:1] == "{" else yaml_block(lines, 0)
    todo = [policy]
    for v in todo:  # an unknown key might change amounts
        need(not isinstance(v, dict) or set(v) <= POLICY_KEYS, f"unknown keys in {v}")
        todo += v.values() if isinstance(v, dict) else v if isinstance(v, list) else []
    return policy

def at(value, d):
    """What of a value that may be dated is in force on d."""
    dated = isinstance(value, dict)
    return [x["value"] for x in value["dated"] if day(x["from"]) <= d][-1] if dated else value

# ---- Step 2: rows, their order, and whose they are ----

def cells(record):
    rows = list(csv.reader(io.StringIO(record, newline=""), strict=True))
    need(len(rows) == 1, "is no record")
    quoted = ['"' + c.replace('"', '""') + '"' if re.search('[,"\r\n]', c) else c for c in rows[0]]
    need(",".join(quoted) == record, "is not written as in the run folder")
    return [c[1:] if re.match("'[=+@\t\r\n-]", c) else c for c in rows[0]]  # without the guard against formulas

def read_rows(f, group, rows):
    (columns, keys), before = TABLES[f["file"]], []
    for i, record in enumerate(f["records"]):
        try:
            values = cells(record)
            need(len(values) == len(columns), "has other cells than its file has columns")
        except CANNOT as e:
            differ(f"{f['file']} group {group!r} row {i}", e)
            continue
        row = dict(zip(columns, values), group=group)
        row["place"] = " ".join([f["file"]] + [row[k] for k in (keys if "session_id" not in keys else ["session_id"]) if row[k]])
        key = [row[k].encode() if k != "line" else row[k].zfill(20).encode() for k in keys]
        if before and key <= before and f["file"] not in UNSORTED:
            differ(row["place"], "stands out of order, or twice")
        before = key
        rows[f["file"]].append(row)

def read_shared(packet, rows):
    """The run's values, and the policy."""
    files = {f["file"]: f["records"] for f in packet["shared"]["files"]}
    names, run = [f["file"] for f in packet["shared"]["files"]], dict(map(cells, files["run"]))
    need([cells(r)[0] for r in files["run"]] == RUN, "run: has other records")
    lacking = OPTIONAL - set(names) | (set() if run["restates"] else {"adjustments.csv"})
    if names != ["run"] + [f for f in TABLES if f not in lacking] + ["policy.yaml"]:
        differ("shared files", "are others, or stand in another order")
    for file in set(names) & set(TABLES):
        if files[file][0] != ",".join(TABLES[file][0]) or len(files[file]) > 1 and file != "inputs/scarcity.csv":
            differ(f"{file} header", "is another, or not alone")
    read_rows({"file": "inputs/scarcity.csv", "records": files["inputs/scarcity.csv"][1:]}, "", rows)
    policy_text, = files["policy.yaml"]
    if hashlib.sha256(policy_text.encode()).hexdigest() != run["policy_sha256"]:
        differ("run policy_sha256", "is not that of the policy's text")
    try:
        policy = read_policy(policy_text)
        compare("run", run, {  # step 5
            "rules": policy.get("rules", "content-incentive"), "policy_id": policy["id"],
            "programme": policy.get("programme", re.sub("-[0-9]{4}-[0-9]{2}$", "", policy["id"])),
            "period_from": policy["period"]["from"], "period_to": policy["period"]["to"],
            "revision": str(packet["close"]["revision"]) if packet["close"] else run["revision"]})
        asks = "ineligible" in policy["valid_session"] or "expelled" in policy["disqualification"]
        if asks != ("inputs/ineligible.csv" in names):
            differ("shared files", "have inputs/ineligible.csv exactly where the policy asks for it")
        need(run["rules"] == "content-incentive", "rules that this verifier doesn't know")
    except CANNOT as e:
        differ("policy.yaml", f"can't be read: {e}")
        policy = None
    return run, policy

def check_dispute(r, period):
    answered = [r[c] != "" for c in ("answered_at", "answered_by", "accepted", "answer")]
    run_id = "[0-9]{4}(-[0-9]{2}){2}-[0-9a-f]{16}"
    if not (re.fullmatch("[0-9a-f]{16}", r["dispute_id"]) and re.fullmatch(run_id, r["run_id"]) and time(r["received_at"])
            and r["claim"] and (r["session_id"] == "") == (r["date"] != "") and (not r["date"] or day(r["date"]) in period)
            and (all(answered) and time(r["answered_at"]) if any(answered) else not r["rows"])
            and (re.fullmatch(run_id, r["paying_run_id"]) if r["accepted"] == "Y" else r["paying_run_id"] == "")
            and r["accepted"] in ("", "Y", "N")):
        differ(r["place"], "is no dispute, or is answered by halves")

def read_groups(packet, rows, period):
    unit, header = packet["unit"]["id"], [f["file"] for f in packet["shared"]["files"]]
    agency = unit if packet["unit"]["kind"] == "agency" else ""
    order = [g["anchor"].encode() for g in packet["groups"]]
    if order != sorted(set(order)) or not agency and order != [unit.encode()]:
        differ("groups", "stand out of order, or twice, or are no unit's")
    for g in packet["groups"]:
        names = [f["file"] for f in g["files"]]
        if not names or names != [f for f in TABLES if f in names and f in header] or not all(f["records"] for f in g["files"]):
            differ(f"group {g['anchor']!r} files", "are none, or unknown, or empty, or stand out of order")
        for f in g["files"]:
            if f["file"] in TABLES:
                read_rows(f, g["anchor"], rows)
    sessions = {(r["group"], r["session_id"]) for r in rows["sessions.csv"]}
    named = sessions.union((r["group"], r["session_id"]) for f in ("unsettled.csv", "inputs/penalties.csv") for r in rows[f])
    anchors = {r["anchor_id"] for r in rows["inputs/anchors.csv"]}
    lines = {f: {(r["group"], r["file"], r["line"]) for r in rows[f]} for f in ("unsettled.csv", "quarantine.csv")}
    for file, r in [(file, r) for file in TABLES if file != "inputs/scarcity.csv" for r in rows[file]]:
        g = r["group"]
        if file == "inputs/agencies.csv":
            own = g == "" and r["agency_id"] == agency
        elif file == "disputes.csv":
            own = r["anchor_id"] == g != ""
            check_dispute(r, period)
        elif file in ("quarantine.csv", "inputs/control.csv"):
            own = (g, r["file"], r["line"]) in lines["unsettled.csv"] if "line" in r else (g, r["session_id"]) in sessions
        elif file == "notices.csv":
            parts = [p for p in (r["subject"] + ";" + r["value"]).split(";") if p]
            own = any(p == g or (g, p) in named for p in parts)
        else:  # by the anchor; days and sessions have no agency, and penalties only those on the agency
            of = agency if file != "inputs/penalties.csv" or g == "" else ""
            own = r["anchor_id"] == g and r.get("agency_id", of) == of
            by_agency = g == "" or file == "adjustments.csv" or agency and file == "unsettled.csv"
            own = own and (g in anchors or by_agency)
        if not own:
            differ(r["place"], f"is not the unit's, or does not belong in the group {g!r}")
        if file == "unsettled.csv" and (g, r["file"], r["line"]) not in lines["quarantine.csv"]:
            differ(r["place"], "has no fault in quarantine.csv")

# ---- Steps 3 and 4: the seal ----

def sha(data):
    return hashlib.sha256(data).digest()

def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()

def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + tree(leaves[:left]) + tree(leaves[left:]))

def unit_leaf(kind, unit, key, groups):
    """The leaf of a unit in the run's tree, from its rows; a difference where a group's root is another."""
    leaves = []
    for g in groups:
        group_key = mac(bytes.fromhex(key), f"settle packet 1 group\n{g['anchor']}\n".encode())
        data = [f"{f['file']}\n{record}".encode() for f in g["files"] for record in f["records"]]
        root = tree([sha(b"\0" + mac(group_key, i.to_bytes(8, "big")) + d) for i, d in enumerate(data)]).hex()
        if root != g["root"]:
            differ("shared root" if kind == "shared" else f"group {g['anchor']!r} root", f"its rows have {root}")
        leaves.append(sha(b"\0" + f"settle packet 1 group\n{g['anchor']}\n{len(data)}\n{root}\n".encode()))
    return sha(b"\0" + f"settle packet 1 unit\n{kind}\n{unit}\n{len(groups)}\n{tree(leaves).hex()}\n".encode())

def check_proof(place, proof, leaf, run_id, root):
    """Walks the path; the checkpoint."""
    m = re.fullmatch(r"c2sp\.org/tlog-proof@v1\nindex (0|[1-9][0-9]{0,9})\n((?:[A-Za-z0-9+/]{43}=\n)*)\n"
                     r"((.+)\n([1-9][0-9]{0,9})\n([A-Za-z0-9+/]{43}=)\n)", proof)
    hashes = [base64.b64decode(h) for h in (m[2] + m[6]).split()] if m else []
    if not m or [base64.b64encode(h).decode() for h in hashes] != (m[2] + m[6]).split():
        return differ(place, "is not of its form")
    index, size, path, end = int(m[1]), int(m[5]), hashes[:-1], hashes[-1]
    for i, h in enumerate(path):
        leaf = sha(b"\1" + (h + leaf if index >> i & 1 else leaf + h))
    if leaf != end or size != 1 << len(path) or size < 1024 or index >= size:
        differ(place, "doesn't lead from these rows to the checkpoint's root")
    if end.hex() != root:
        differ("close root", f"the checkpoint of {place} has {end.hex()}")
    if m[4] != f"settle-packet/{run_id}":
        differ(f"{place} origin", f"is {m[4]}, and not of the run {run_id}")
    return m[3]

def check_seal(packet, run_id, elsewhere):
    shared, root = packet["shared"], packet["close"] and packet["close"]["root"]
    held = {"key": packet["key"], "proof": packet["proof"], "shared key": shared["key"], "shared proof": shared["proof"],
            "shared root": shared["root"], **{f"group {g['anchor']!r} root": g["root"] for g in packet["groups"]}}
    wrong = [place for place, v in held.items() if (v is None) != (root is None)]
    for place in wrong:
        differ(place, "is null exactly where the close has no root")
    if root and not wrong:
        leaf = unit_leaf(packet["unit"]["kind"], packet["unit"]["id"], packet["key"], packet["groups"])
        head = check_proof("proof", packet["proof"], leaf, run_id, root)
        leaf = unit_leaf("shared", "", shared["key"], [dict(shared, anchor="")])
        if check_proof("shared proof", shared["proof"], leaf, run_id, root) != head:
            differ("shared proof", "has another checkpoint than proof")
    if elsewhere and elsewhere != root:
        differ("close root", f"is not the root from elsewhere, {elsewhere}")

# ---- The signature of the close ----

def ssh_keygen(do, signature, text, *more):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "sig")
        with open(path, "w") as f:
            f.write(signature)
        return subprocess.run(["ssh-keygen", "-Y", do, *more, "-s", path], input=text.encode(), capture_output=True)

def check_signature(packet, run_id, signers, signer):
    signature, close = packet["signature"], packet["close"]
    if signature is None:
        return signers and differ("signature", "is missing")
    m = re.search(r"\n\n.+\n([1-9][0-9]*)\n", packet["proof"] or "")
    if not m or not close["root"]:
        return differ("signature", "is given without a root that it could be of")
    text = f"settle-packet/{run_id}\n{m[1]}\n{base64.b64encode(bytes.fromhex(close['root'])).decode()}\n" + "".join(
        f"{name} {close[name]}\n" for name in ("close_no", "revision", "closed_at", "closed_by"))
    if not shutil.which("ssh-keygen"):
        return differ("signature", "can't be checked without ssh-keygen") if signers else None
    if ssh_keygen("check-novalidate", signature, text, "-n", "settle-close").returncode:
        return differ("signature", "is none of this close")
    if signers:
        if not signer:
            named = ssh_keygen("find-principals", signature, "", "-f", signers).stdout.decode().split()
            signer = named[0] if named else "nobody"
        if ssh_keygen("verify", signature, text, "-n", "settle-close", "-f", signers, "-I", signer).returncode:
            differ("signature", "is by nobody whom the list allows")

# ---- Step 7: the amounts ----

def cny(x):
    return f"{x:.2f}"

def later(t, months):
    """t so many calendar months later, the last of the month where it has no such day (C3)."""
    year, month = divmod(t.year * 12 + t.month - 1 + months, 12)
    last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(1)).day
    return t.replace(year=year, month=month + 1, day=min(t.day, last))

def in_scope(anchor, scope):  # C1
    since = day(anchor["first_live_on"])
    return anchor["account_kind"] in scope["account_kinds"] and since and since >= day(scope["first_live_on_or_after"])

def upheld(penalty):  # C14
    return {"upheld": True, "revoked": False}[penalty["status"]]

CAUSES = ("frozen", "unadmitted_digital_host", "expelled")  # in the order of reasons

def meets(r, start, d):  # P6
    since, until = time(r["from"]), time(r["to"])
    if r["cause"] == "expelled":
        return since.date() <= d and (not until or d <= until.date())
    return since <= start and (not until or start <= until)

def settle_session(s, anchor, rows, policy, last):
    """C2, C3, C6, C7. Sets what days and bonuses count by."""
    start, end, deleted, d = time(s["started_at"]), time(s["ended_at"]), time(s["replay_deleted_at"]), day(s["settlement_date"])
    seconds, s["day"], s["level"] = int((end - start).total_seconds()), d, int(number(s["quality_level"]))
    s["long"], s["effective"] = seconds, int(number(s["effective_seconds"]))
    compare(s["place"], s, {"settlement_date": str(end.date()), "duration_seconds": str(seconds)})
    if not day(policy["period"]["from"]) <= d <= last:
        differ(f"{s['place']} settlement_date", "is outside the period, or after the evaluation date")
    if not 0 <= s["effective"] <= seconds:
        differ(f"{s['place']} effective_seconds", "are more than the session lasted")
    rules, punished = policy["valid_session"], set()
    for p in rows["inputs/penalties.csv"]:
        if p["session_id"] == s["session_id"] and s["anchor_id"] != p["anchor_id"] != "":
            differ(f"{p['place']} session_id", "names a session of another")
        elif p["session_id"] == s["session_id"] and upheld(p):
            punished |= {p["kind"]} & set(at(rules["invalidating_penalties"], d))
    reasons = [reason for reason, holds in [
        ("out_of_scope", not in_scope(anchor, policy["scope"])),
        ("too_short", seconds < 60 * at(rules["min_minutes"], d)), ("not_settleable", s["settleable"] != "Y"),
        *[(f"punished:{kind}", True) for kind in sorted(punished)], ("suspended", s["suspended"] != "N"),
        ("replay_deleted", deleted and deleted < later(end, at(rules["replay_retention_months"], d))),
        ("opted_out", s["opted_out"] != "N"),
        *[(cause, True) for cause in CAUSES if cause in at(rules.get("ineligible") or [], d) and any(
            r["cause"] == cause and meets(r, start, d) for r in rows["inputs/ineligible.csv"] if r["anchor_id"] == s["anchor_id"])],
        ] if holds]
    sources = {
        "unit_price": [x for x in at(policy["watch_time"]["rates"], d) if x["level"] == s["level"]],
        "scarcity_index": [x for x in rows["inputs/scarcity.csv"] if x["track"] == s["track"] and day(x["effective_from"]) <= d]}
    for column, source in sources.items():
        if not s[column] and (source or not reasons):
            differ(f"{s['place']} {column}", "is blank")
    s["sound"], s["pay"] = not reasons, ZERO
    if not reasons and s["unit_price"] and s["scarcity_index"]:
        amount = number(s["rec_dwell_minutes"]) * number(s["unit_price"]) * number(s["scarcity_index"])
        s["pay"] = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    compare(s["place"], s, {"valid": "N" if reasons else "Y", "reasons": ";".join(reasons), "amount": cny(s["pay"])})

def valid_days(sessions, policy):
    """How many valid days (C5), and how many valid seconds (C4)."""
    seconds = {}
    for s in sessions:
        seconds[s["day"]] = seconds.get(s["day"], 0) + s["effective"]
    valid = [d for d in seconds if seconds[d] >= 60 * at(policy["valid_day"]["min_minutes"], d)]
    return len(valid), sum(seconds.values())

def settle_days(anchor_id, sessions, rows, policy):
    """C8. What the days come to, and what the caps withhold."""
    stated = {day(r["date"]): r for r in rows["days.csv"] if r["anchor_id"] == anchor_id}
    gross = withheld = ZERO
    for d in sorted(set(stated) | {s["day"] for s in sessions}):
        of = [s for s in sessions if s["day"] == d]
        if not of or d not in stated:
            differ(f"days.csv {anchor_id} {d}", "is missing" if of else "has no valid session")
        if of:
            top, total, (valid, seconds) = max(s["level"] for s in of), sum(s["pay"] for s in of), valid_days(of, policy)
            caps = [number(x["cap"]) for x in at(policy["watch_time"]["daily_caps"], d) if top <= x["max_level"]]
            over = max(total - caps[0], ZERO) if caps else ZERO
            gross, withheld = gross + total, withheld + over
            compare(f"days.csv {anchor_id} {d}", stated.get(d), {} if d not in stated else {
                "valid_sessions": str(len(of)), "valid_seconds": str(seconds), "valid_day": "NY"[valid], "top_level": str(top),
                "cap": cny(caps[0]) if caps else "", "gross": cny(total), "withheld": cny(over), "watch_time": cny(total - over)})
    return gross, withheld

def bonus(rule, sessions, policy):
    """C10, C11: the best-paying tier that is reached."""
    test, value = OPS[rule["scarcity_index"]["op"]], number(rule["scarcity_index"]["value"])
    days, seconds = valid_days([s for s in sessions if s["scarcity_index"] and test(number(s["scarcity_index"]), value)], policy)
    reached = [t for t in rule["tiers"] if days >= t["valid_days"] and seconds >= 60 * t["valid_minutes"]]
    return max([number(t["amount"]) for t in reached], default=ZERO)

def settle_anchor(anchor, rows, policy, last):
    """C9 to C13 but for once per person. takes: what each reason takes."""
    every = [s for s in rows["sessions.csv"] if s["anchor_id"] == anchor["anchor_id"]]
    sessions, first, takes = [s for s in every if s["sound"]], day(policy["period"]["from"]), {}
    gross, withheld = settle_days(anchor["anchor_id"], sessions, rows, policy)
    r = dict(sessions=sessions, gross=gross, withheld=withheld, watch_time=gross - withheld, attendance_bonus=ZERO,
             newcomer_bonus=ZERO, takes=takes, status="out_of_scope")
    if not in_scope(anchor, policy["scope"]):
        takes["out_of_scope"] = []
        return r
    since, until = day(anchor["newcomer_certified_on"]), timedelta(policy["newcomer_bonus"]["window_days"])
    r["attendance_bonus"] = bonus(policy["attendance_bonus"], sessions, policy)
    if since and first <= since <= last:
        window = [s for s in sessions if since <= s["day"] <= since + until]
        r["newcomer_bonus"] = bonus(policy["newcomer_bonus"], window, policy)
    if anchor["compliance_code"] in policy["disqualification"]["compliance_codes"]:
        takes[f"compliance_code:{anchor['compliance_code']}"] = PARTS
    for rule in policy["disqualification"]["penalties"]:
        need("within_days" in rule or rule["within"] == "period", f"{rule['id']}: counts within what?")
        start = last - timedelta(rule["within_days"] - 1) if "within_days" in rule else first
        of = rule.get("of", "anchor") + "_id"
        count = [p for p in rows["inputs/penalties.csv"] if upheld(p) and p["kind"] in rule["kinds"]
                 and p[of] == anchor[of] != "" and start <= time(p["penalized_at"]).date() <= last]
        if len(count) >= rule["at_least"]:
            forfeits = PARTS if rule["forfeits"] == "all" else rule["forfeits"]
            takes[("agency:" if of == "agency_id" else "") + rule["id"]] = [PARTS[PARTS.index(part)] for part in forfeits]
    expelled = policy["disqualification"].get("expelled")
    if expelled and any(p["cause"] == "expelled" and time(p["from"]).date() <= last and not (p["to"] and time(p["to"]).date() < first)
                        for p in rows["inputs/ineligible.csv"] if p["anchor_id"] == anchor["anchor_id"]):
        takes["expelled"] = PARTS if expelled["forfeits"] == "all" else expelled["forfeits"]
    r["status"], share = "disqualified" if takes else "payable", policy["attendance_bonus"]["low_level_share"]
    long = [s["level"] <= share["max_level"] for s in every if s["long"] >= 60 * share["min_minutes"]]
    if long and r["attendance_bonus"] > 0 and OPS[share["op"]](sum(long), number(share["share"]) * len(long)):
        takes["low_level_share"] = ["attendance_bonus"]
    return r

def settle_persons(anchors, result, stated):
    """C10: once per person. Whether an account elsewhere keeps the bonus is taken from the packet."""
    earn = [a for a, r in result.items() if r["newcomer_bonus"] > 0 and not any("newcomer_bonus" in t for t in r["takes"].values())]
    kept = set()
    for a in sorted(earn, key=lambda a: (anchors[a]["newcomer_certified_on"], a.encode())):
        person, reasons = anchors[a]["person_id"], stated.get(a, {"reasons": ""})["reasons"].split(";")
        if person and (person in kept or "person_already_rewarded" in reasons):
            result[a]["takes"]["person_already_rewarded"] = ["newcomer_bonus"]
        kept.add(person)

def settle(packet, rows, run, policy):
    last = min(day(run["as_of"]), day(policy["period"]["to"]))  # the evaluation date
    anchors, stated = [{r["anchor_id"]: r for r in rows[f]} for f in ("inputs/anchors.csv", "settlement.csv")]
    for s in rows["sessions.csv"]:
        if s["anchor_id"] in anchors:
            settle_session(s, anchors[s["anchor_id"]], rows, policy, last)
    live = {s["anchor_id"] for s in rows["sessions.csv"]} & set(anchors)
    result = {a: settle_anchor(anchors[a], rows, policy, last) for a in sorted(live)}
    settle_persons(anchors, result, stated)
    now, total, due = {}, ZERO, ZERO  # now: every amount as it counts in a total
    for r in rows["days.csv"]:
        now[r["anchor_id"], "watch_time", r["date"]] = r["watch_time"]
        if r["anchor_id"] not in result:
            differ(r["place"], "has no valid session")
    for a in sorted(set(result) | set(stated)):
        if a not in result or a not in stated:
            differ(f"settlement.csv {a}", "is missing" if a in result else "has no session, or no row in inputs/anchors.csv")
        if a in result:
            r, (days, seconds) = result[a], valid_days(result[a]["sessions"], policy)
            forfeited = sum([r[part] for part in PARTS if any(part in t for t in r["takes"].values())], ZERO)
            paid = sum(r[part] for part in PARTS) - forfeited
            now.update({(a, part, ""): cny(r[part]) for part in PARTS[1:]})
            now[a, "forfeited", ""], total = cny(-forfeited), total + paid
            compare(f"settlement.csv {a}", stated.get(a), {} if a not in stated else {
                "period_from": run["period_from"], "period_to": run["period_to"], "nickname": anchors[a]["nickname"],
                "agency_id": anchors[a]["agency_id"], "status": r["status"], "valid_sessions": str(len(r["sessions"])),
                "valid_seconds": str(seconds), "valid_days": str(days), "watch_time_gross": cny(r["gross"]),
                "cap_withheld": cny(r["withheld"]), **{part: cny(r[part]) for part in PARTS}, "forfeited": cny(forfeited),
                "total": cny(paid), "reasons": ";".join(sorted(r["takes"], key=str.encode))})
    for r in rows["adjustments.csv"]:
        delta, key = number(r["restated"]) - number(r["closed"]), (r["anchor_id"], r["part"], r["date"])
        due += number(r["delta"])
        compare(r["place"], r, {"delta": cny(delta), **({} if r["part"] == "transfer" else {"restated": now.get(key, "0.00")})})
    due = due if run["restates"] else total
    compare("cover", packet["cover"], {"total": cny(total), "due": cny(due), "closed_before": cny(total - due)})

def verify(packet, elsewhere, signers, signer):
    rows, run, policy = {file: [] for file in TABLES}, {"run_id": None}, None
    try:
        run, policy = read_shared(packet, rows)
    except CANNOT as e:
        differ("shared files", f"can't be read: {e}")
    try:
        first, last = day(run["period_from"]), day(run["period_to"])
        period = [first + timedelta(i) for i in range((last - first).days + 1)]
        read_groups(packet, rows, period)
    except CANNOT as e:
        differ("groups", f"can't be read: {e}")
    check_seal(packet, run["run_id"], elsewhere)
    check_signature(packet, run["run_id"], signers, signer)
    try:
        if policy:
            settle(packet, rows, run, policy)
    except CANNOT as e:
        differ("amounts", f"can't be computed: {type(e).__name__}: {e}")

def main(args):
    flags = dict(zip(args[1::2], args[2::2]))
    known = {"--root", "--allowed-signers", "--signer"}
    if len(args) % 2 == 0 or set(flags) - known or len(flags) * 2 + 1 != len(args) or (
            "--root" in flags and not re.fullmatch(HEX, flags["--root"].lower())):
        print("usage: verify_packet.py PACKET.html [--root HEX] [--allowed-signers FILE [--signer NAME]]", file=sys.stderr)
        return 2
    try:
        packet = read_packet(args[0])
    except (OSError, *CANNOT) as e:
        print(f"no packet that can be read: {e}")
        return 3
    elsewhere, root = flags.get("--root", "").lower() or None, packet["close"] and packet["close"]["root"]
    verify(packet, elsewhere, flags.get("--allowed-signers"), flags.get("--signer"))
    if not found:
        seal = "" if elsewhere else " (held against no root from elsewhere)" if root else " (no seal)"
        found.append(f"agrees: {packet['unit']['kind']} {packet['unit']['id']}, {packet['cover']['due']} CNY, root {root or 'none'}{seal}")
        print(found[0])
        return 0
    print("\n".join(found))
    return 6

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
