#!/usr/bin/env python3
"""What is said (rows) and what is read (columns), facts of two label files, as the model card shows it.

usage: confusion.py GOLD.jsonl PRED.jsonl

A fact is first paired as the scorer does, with one of its dimension; what is left over, with whatever overlaps it most.
"""
import sys

from score import DIMS, load, match_facts, span_f1

SHORT = ("why", "cost", "outcome", "decision", "people", "concern", "other way", "promise", "timing", "unknown", "none")


def pairs(gold, pred):
    """(dimension said or None, dimension read or None), each fact once."""
    same = match_facts(gold, pred)
    left_gold = set(range(len(gold))) - {g for g, _ in same}
    left_pred = set(range(len(pred))) - {p for _, p in same}
    found = [(gold[g]["dimension"], pred[p]["dimension"]) for g, p in same]
    overlaps = sorted(((span_f1(gold[g]["span"], pred[p]["span"]), g, p) for g in left_gold for p in left_pred), reverse=True)
    for overlap, g, p in overlaps:
        if overlap < 0.5 or g not in left_gold or p not in left_pred:
            continue
        left_gold.remove(g)
        left_pred.remove(p)
        found.append((gold[g]["dimension"], pred[p]["dimension"]))
    found += [(gold[g]["dimension"], None) for g in left_gold]
    found += [(None, pred[p]["dimension"]) for p in left_pred]
    return found


def main(argv):
    if len(argv) != 3:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    gold, _ = load(argv[1])
    read, _ = load(argv[2])
    places = {dimension: i for i, dimension in enumerate(DIMS)}
    none = len(DIMS)
    counts = [[0] * (none + 1) for _ in range(none + 1)]
    for name, record in gold.items():
        facts = read[name]["labels"].get("facts", []) if name in read else []
        for said, as_what in pairs(record["labels"]["facts"], facts):
            counts[places.get(said, none)][places.get(as_what, none)] += 1
    print("| said \\ read | " + " | ".join(SHORT) + " |")
    print("|---" * (none + 2) + "|")
    for name, row in zip(SHORT, counts):
        print(f"| {name} |" + "|".join(str(n) if n else "" for n in row) + "|")
    errors = [(counts[i][j], SHORT[i], SHORT[j]) for i in range(none + 1) for j in range(none + 1) if i != j]
    print("\nThe ten commonest errors (said, read): " + ", ".join(f"{said} → {read} {n}" for n, said, read in sorted(errors, reverse=True)[:10]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
