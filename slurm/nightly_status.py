#!/usr/bin/env python3
"""One night into RUNS/history.json, and the last nights as RUNS/status.json and RUNS/status.html (one page)."""
import argparse
import html
import json
import os
from pathlib import Path

WORDS = {"0": "as it should be", "none": "nothing to compare with", "not-run": "not run", "same": "same as always",
         "changed": "CHANGED", "empty": "NO INPUT FILES", "missing": "NO INPUT FOLDER"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=Path, required=True, help="folder of all nights")
    for name in ("night", "last", "inputs", "replicated", "printed", "drift"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--seconds", type=float, required=True, help="wall time of the replication")
    return parser.parse_args()


def write(path, text):
    """Whole or not at all."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def verdict(night):
    """'failed', 'changed' or 'good'."""
    if night["inputs"] != "same" or night["replicated"] != "0":
        return "failed"
    compared = {night["printed"], night["drift"]}
    if compared - {"0", "3", "none"}:
        return "failed"
    return "changed" if "3" in compared else "good"


def in_words(key, value):
    if key == "printed" and value == "none":
        return "no printed numbers for these answers"
    if key == "printed" and value == "3":
        return "DIFFERS from print"
    if key == "drift" and value == "3":
        return "DIFFERS from the night before"
    return WORDS.get(value, "exit code " + value)


def bar(seconds, longest):
    width = round(200 * seconds / longest) if longest > 0 else 0
    return f'<svg width="200" height="10" role="img" aria-label="{seconds:g} s"><rect width="{width}" height="10" fill="#56B4E9"/></svg>'


def page(nights, changes):
    longest = max(night["seconds"] for night in nights)
    rows = ""
    for night in reversed(nights):
        cells = [night["night"], verdict(night)] + [in_words(key, night[key]) for key in ("inputs", "replicated", "printed", "drift")]
        rows += "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells)
        rows += f"<td>{night['seconds']:g} s {bar(night['seconds'], longest)}</td></tr>\n"
    shown = f"<h2>What changed: old, new, where</h2><pre>{html.escape(changes)}</pre>" if changes else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>meridian: nightly replication, {verdict(nights[-1])}</title>
<style>body{{font:16px/1.4 sans-serif;margin:2em}}td,th{{padding:.2em .8em;text-align:left}}th{{border-bottom:1px solid}}</style></head>
<body><h1>Nightly replication: {verdict(nights[-1])}</h1>
<table><tr><th>night</th><th>verdict</th><th>inputs</th><th>replication</th><th>print</th><th>last night</th><th>time</th></tr>
{rows}</table>{shown}</body></html>
"""


def main():
    options = parse()
    tonight = {key: getattr(options, key) for key in ("night", "last", "inputs", "replicated", "printed", "drift", "seconds")}
    history = options.runs / "history.json"
    nights = json.loads(history.read_text(encoding="utf-8")) if history.exists() else []
    nights = [night for night in nights if night["night"] != options.night] + [tonight]
    write(history, json.dumps(nights, indent=1) + "\n")
    listed = options.runs / f"{options.night}.changes"
    changes = listed.read_text(encoding="utf-8", errors="replace") if listed.exists() else ""
    status = dict(tonight, verdict=verdict(tonight), changes=changes.splitlines())
    write(options.runs / "status.json", json.dumps(status, indent=1) + "\n")
    write(options.runs / "status.html", page(nights[-60:], changes))
    print(f"{options.night}: {verdict(tonight)} ({options.runs / 'status.html'})")


if __name__ == "__main__":
    main()
