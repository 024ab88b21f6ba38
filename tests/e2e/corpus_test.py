#!/usr/bin/env python3
"""The corpus is well formed and holds nothing that is held out; and the check does say so of a corpus that is not."""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

training = pathlib.Path(__file__).resolve().parents[2] / "training"
program = training / "check_corpus.py"


def check(*files):
    return subprocess.run([sys.executable, str(program), *map(str, files)], capture_output=True, text=True)


def check_copy(change):
    """The check's answer to a corpus of one record, after `change` was done to it."""
    record = json.loads((training / "corpus" / "author1.jsonl").read_text(encoding="utf-8").splitlines()[0])
    change(record)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
        file.flush()
        return check(file.name)


whole = check()
assert whole.returncode == 0, whole.stdout
assert check_copy(lambda record: None).returncode == 0
for name, change in {
    "a span that nobody said": lambda record: record["labels"]["facts"].append(
        {"dimension": "concern", "span": "words that nobody said", "person": None}),
    "a dimension that does not exist": lambda record: record["labels"]["facts"].append(
        {"dimension": "budget", "span": record["text"][:9], "person": None}),
    "a focus too many": lambda record: record["labels"]["focus"].append("neutral"),
    "vague and don't know at once": lambda record: record["labels"].update(vague=True, dont_know=True),
}.items():
    answer = check_copy(change)
    assert answer.returncode == 1, name

# Words that are held out are found, and not shown. Their hashes stand in the list; the words stand nowhere.
secret = "five quite secret words here"
with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder)
    (copy / "check_corpus.py").write_text(program.read_text())
    (copy / "held_out_runs.txt").write_text(hashlib.sha256(secret.encode()).hexdigest()[:12] + "\n")
    record = json.loads((training / "corpus" / "author1.jsonl").read_text(encoding="utf-8").splitlines()[0])
    record["text"] += " " + secret
    (copy / "one.jsonl").write_text(json.dumps(record) + "\n")
    answer = subprocess.run([sys.executable, str(copy / "check_corpus.py"), str(copy / "one.jsonl")],
                            capture_output=True, text=True)
    assert answer.returncode == 1 and "held-out" in answer.stdout and "secret" not in answer.stdout, answer.stdout

print(whole.stdout.splitlines()[-1])
