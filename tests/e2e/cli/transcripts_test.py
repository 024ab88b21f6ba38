#!/usr/bin/env python3
"""Runs the transcripts beside it: real commands with the output that they must give, each file in a home of its own.

A line that begins with `$ ` is a command for bash; what follows is its output, standard error included. `[..]` stands for
anything within a line, a line `...` for any number of lines, `[exit N]` for an end other than 0. Before the
first command stands what it is about.
Give names of files to run only those; --show prints what commands really said."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DEBRIEF = os.path.abspath(os.environ.get("DEBRIEF") or HERE / "../../../build/debug/platform/debrief")


def steps_of(text):
    """[(line number, command, expected lines, exit code)]"""
    steps = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("$ "):
            steps.append([number, line[2:], [], 0])
        elif not steps:
            continue  # What it is about.
        elif re.fullmatch(r"\[exit \d+\]", line):
            steps[-1][3] = int(line[6:-1])
        else:
            steps[-1][2].append(line)
    for step in steps:
        while step[2] and not step[2][-1].strip():
            step[2].pop()
    return steps


def line_fits(pattern, line):
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("[..]")), line) is not None


def fits(expected, got):
    """Dynamic programme over both lists: `...` may swallow any number of lines."""
    reachable = {0}
    for pattern in expected:
        after = set()
        for at in reachable:
            if pattern == "...":
                after.update(range(at, len(got) + 1))
            elif at < len(got) and line_fits(pattern, got[at]):
                after.add(at + 1)
        reachable = after
    return len(got) in reachable


def run(path, show):
    with tempfile.TemporaryDirectory(prefix="debrief-transcript-") as home:
        binaries = pathlib.Path(home, "bin")
        binaries.mkdir()
        os.symlink(DEBRIEF, binaries / "debrief")
        environment = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": home, "DEBRIEF_HOME": f"{home}/store", "TZ": "UTC", "LC_ALL": "C.UTF-8",
                       "DEBRIEF_ENCODER": os.environ.get("DEBRIEF_ENCODER", "off"), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        for number, command, expected, code in steps_of(path.read_text()):
            done = subprocess.run(["bash", "-c", command], cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=120)
            got = done.stdout.decode(errors="replace").replace(home, "HOME").splitlines()
            if show:
                print(f"$ {command}", *got, f"[exit {done.returncode}]", sep="\n")
            if done.returncode != code or not fits(expected, got):
                print(f"{path.name}:{number}: $ {command}")
                print("  expected:", *expected, f"[exit {code}]", sep="\n    ")
                print("  got:", *got, f"[exit {done.returncode}]", sep="\n    ")
                return False
    return True


def main():
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    paths = [HERE / name for name in names] or sorted(HERE.glob("*.test"))
    failed = [path.name for path in paths if not run(path, "--show" in sys.argv)]
    print(f"{len(paths) - len(failed)} transcripts passed, {len(failed)} failed", *failed)
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
