#!/usr/bin/env python3
"""Reads the JSON objects that the benchmarks print, one after the other; shows a table, or with --json one document."""
import json
import sys


def objects(text):
    decoder, at = json.JSONDecoder(), 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return
        value, at = decoder.raw_decode(text, at)
        yield value


def main():
    found = list(objects(sys.stdin.read()))
    figures = [one for one in found if "figure" in one]
    others = [one for one in found if "figure" not in one]
    if "--json" in sys.argv[1:]:
        print(json.dumps({"figures": figures, "others": others}, indent=1))
        return
    if figures:
        print(f"{'figure':32} {'median':>10} {'min':>10} {'max':>10} {'n':>5}  unit        target")
    for one in figures:
        print(f"{one['figure']:32} {one['median']:>10} {one['min']:>10} {one['max']:>10} {one['n']:>5}  {one['unit']:11} {one['target']}")
    for one in others:
        print(json.dumps(one))


main()
