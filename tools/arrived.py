#!/usr/bin/env python3
"""Compares what a rep confirmed in the last debrief with what a manager's `debrief watch --json` showed, for up to 20 seconds.

usage: arrived.py REP.jsonl WATCH.jsonl     exits 0 only if every confirmed observation arrived.
"""
import json
import sys
import time


def lines(path):
    with open(path, encoding="utf-8") as opened:
        for line in opened:
            if line.endswith("\n"):
                yield json.loads(line)


def confirmed(path):
    """Those of the newest conversation: sample evidence has no conversation."""
    records = next(said["result"]["records"] for said in lines(path) if said.get("id") == 2)
    spoken = [r for r in records if (r.get("source") or {}).get("conversation")]
    if not spoken:
        return {}
    newest = max(spoken, key=lambda r: r.get("recorded_at", ""))["source"]["conversation"]
    return {r["id"]: r for r in spoken if r["source"]["conversation"] == newest}


def main(rep, watch):
    wanted = confirmed(rep)
    if not wanted:
        print("nothing was confirmed", file=sys.stderr)
        return 1
    until = time.monotonic() + 20
    while True:
        seen = {said["id"]: said for said in lines(watch) if said.get("kind") == "observation"}
        if set(wanted) <= set(seen) or time.monotonic() > until:
            break
        time.sleep(0.1)
    print("\n== What arrived at the manager")
    for number, record in wanted.items():
        said = seen.get(number)
        if said:
            print(f"  {said.get('dimension', ''):18} {said.get('text', '')}\n{'':21}{said['by']['name']}, asked: {said.get('question_text') or said.get('question') or 'nothing in particular'}")
        else:
            print(f"  MISSING            {record['text']}")
    missing = len(set(wanted) - set(seen))
    print(f"\n{len(wanted) - missing} of {len(wanted)} confirmed observations arrived.")
    return 1 if missing else 0


sys.exit(main(*sys.argv[1:]))
