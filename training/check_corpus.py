#!/usr/bin/env python3
"""Checks the corpus that the understanding is trained from: form, verbatim spans, and that nothing of it is held out.

    training/check_corpus.py [FILE…]      (all of training/corpus by default)

For each author: how much was written, and how much of the author's wording (runs of five words) repeats. Exits with 1
and names the lines where something is wrong. Of text that is held out, held_out_runs.txt knows hashes only, so that
neither this program nor its messages can show it to whoever writes. `--hold-out FILE` makes that list anew.
"""
import collections
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
HELD_OUT = HERE / "held_out_runs.txt"
RUN = 5
FOCUS = {"customer", "seller", "neutral"}
DIMENSIONS = set("why_change cost_of_inaction desired_outcome stakeholder decision_process competing_option concern "
                 "commitment timing unknown".split())
STANCES = set("champion supporter neutral skeptic blocker unknown".split())
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?|-W\d\d|-Q[1-4]|-H[12]|-(SP|SU|FA|WI))?")


def runs(text):
    words = re.findall(r"[a-z0-9']+", text.lower())
    return [" ".join(words[at:at + RUN]) for at in range(len(words) - RUN + 1)]


def hashed(run):
    return hashlib.sha256(run.encode()).hexdigest()[:12]


def faults_of(record, held_out):
    text, labels, context = record["text"], record["labels"], record["context"]
    at = 0
    for sentence in record["sentences"]:
        found = text.find(sentence, at)
        if found < 0:
            yield f"the sentence {sentence!r} does not follow in the text"
        else:
            at = found + len(sentence)
    if len(labels["focus"]) != len(record["sentences"]):
        yield "there is not one focus a sentence"
    if set(labels["focus"]) - FOCUS:
        yield "a focus is none of " + ", ".join(sorted(FOCUS))
    for fact in labels["facts"]:
        if fact["dimension"] not in DIMENSIONS:
            yield f"no dimension: {fact['dimension']}"
        if fact["span"] not in text:
            yield f"the span {fact['span']!r} is not in the text"
        if "person" not in fact:
            yield f"the fact {fact['span']!r} has no person, not even null"
    for person in labels["people"]:
        if set(person) != {"name", "role", "stance"} or person["stance"] not in STANCES:
            yield f"a person wants name, role and one of the stances: {person}"
    for date in labels["dates"]:
        if date["text"] not in text or not DATE.fullmatch(date["value"]):
            yield f"a date wants words of the text and a value of the guide's forms: {date}"
    if labels["vague"] and labels["dont_know"]:
        yield "vague and dont_know exclude each other"
    if not context["account"] or not DATE.fullmatch(context["meeting_date"]):
        yield "the context wants an account and the meeting's date"
    if any(hashed(run) in held_out for run in runs(text)):
        yield f"{RUN} words in a row stand in the held-out set as well: write it anew"


def check(path, held_out, seen_ids):
    faults = sentences = 0
    accounts, wording = set(), collections.Counter()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            record = json.loads(line)
            found = list(faults_of(record, held_out))
            if record["id"] in seen_ids:
                found.append(f"the id {record['id']} is taken")
            seen_ids.add(record["id"])
            accounts.add(record["context"]["account"])
            sentences += len(record["sentences"])
            wording.update(runs(record["text"]))
        except (ValueError, KeyError, TypeError) as error:
            found = [f"cannot be read: {error!r}"]
        for fault in found:
            print(f"{path.name}:{number}: {fault}")
        faults += len(found)
    again = sum(count - 1 for count in wording.values())
    share = 100 * again / max(1, sum(wording.values()))
    print(f"{path.name}: {sentences} sentences, {len(accounts)} accounts, {share:.1f} % of its wording repeats, {faults} faults")
    return faults, sentences, accounts


def main(arguments):
    if arguments[:1] == ["--hold-out"]:
        kept = {hashed(run) for path in arguments[1:] for line in open(path, encoding="utf-8")
                for run in runs(json.loads(line)["text"])}
        HELD_OUT.write_text("\n".join(sorted(kept)) + "\n")
        print(f"{len(kept)} runs of {RUN} words are held out")
        return 0
    held_out = set(HELD_OUT.read_text().split())
    paths = [pathlib.Path(one) for one in arguments] or sorted((HERE / "corpus").glob("*.jsonl"))
    results, ids = [], set()
    for path in paths:
        results.append(check(path, held_out, ids))
    faults, sentences = sum(one[0] for one in results), sum(one[1] for one in results)
    accounts = set().union(*(one[2] for one in results)) if results else set()
    print(f"{sentences} sentences, {len(accounts)} accounts, {len(paths)} authors, {faults} faults")
    return 1 if faults or not results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
