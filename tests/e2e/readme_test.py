#!/usr/bin/env python3
"""Runs what the README says: every block of commands in a fresh folder, every command that a table or a sentence names, and the
main job, whose output must have the shape of the one shown. A block that is neither known nor commands fails, so that the
README cannot say what nobody tried. What builds from scratch takes the program that is built already."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from certificates import Authority
from house import DEBRIEF, check

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = "/srv/debrief"
HEADING = "== What arrived at the manager"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{{1,2}} (?:{MONTHS}) \d{{4}}")


def blocks(text):
    """Lists of lines that are indented by four blanks."""
    found, current = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("    "):
            current.append(line[4:])
        elif not line.strip() and current and not line.startswith("    "):
            current.append("")
        elif current:
            found.append(current)
            current = []
    found += [current] if current else []
    return [[*block[:len(block) - next(i for i, line in enumerate(reversed(block)) if line)]] for block in found]


def commands(block):
    """(command, comment) of a block of commands; nothing if it is none."""
    if not re.match(r"(debrief|\./dev)\b", block[0]):
        return None
    return [[part.strip() for part in (re.split(r"\s+#\s", line, maxsplit=1) + [""])[:2]] for line in block if line.strip()]


class Machine:
    """A fresh home, with the program on its path."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = str(self.folder / "srv")
        (self.folder / "bin").mkdir()
        os.symlink(os.path.abspath(DEBRIEF), self.folder / "bin" / "debrief")
        self.running = []

    def environment(self, who="home"):
        return {**{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}, "PATH": f"{self.folder}/bin:/usr/bin:/bin",
                "HOME": str(self.folder), "DEBRIEF_HOME": str(self.folder / who), "TZ": "UTC", "LC_ALL": "C.UTF-8"}

    def run(self, command, who="home", code=0, said=""):
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment(who), input=said, capture_output=True, text=True,
                              timeout=120)
        check(done.returncode == code, f"$ {command}\n{done.stdout}{done.stderr}[exit {done.returncode}]")
        return done.stdout

    def background(self, command, who="home", words="listening"):
        process = subprocess.Popen(["bash", "-c", "exec " + command], cwd=self.folder, env=self.environment(who), stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True)
        self.running.append(process)
        line = process.stdout.readline()
        while line and words not in line:
            line = process.stdout.readline()
        if words not in line:
            raise AssertionError(f"$ {command}\nended with {process.wait()}")
        return process

    def end(self, process, number=signal.SIGINT):
        process.send_signal(number)
        check(process.wait(timeout=20) == 0, f"{process.args} ended with {process.returncode}")
        self.running.remove(process)

    def close(self):
        for process in self.running:
            process.kill()
            process.wait()


def alone(machine, lines):
    """A workspace without a server."""
    for command, _ in lines:
        said = "They lose two hours a day because the old line stops.\n/stop\n" if command.startswith("debrief chat") else ""
        out = machine.run(command, "alone", said=said)
        check(not command.startswith("debrief chat") or "I ask" in out, f"the debrief asks nothing: {out}")


def with_a_team(machine, lines):
    """A server, an administrator at it, and the devices that the comments name."""
    invitation, server = None, None
    authority = Authority(str(machine.folder / "authority"))
    cert, key = authority.server("server")
    for command, comment in lines:
        here = command.replace(DATA, machine.data)
        owner = re.search(r"on (\w+)'s", comment)
        who = {"Jonas": "jonas", "Ada": "ada"}.get(owner.group(1), "home") if owner else "home"
        if command.startswith("debrief serve"):
            if "--tls-cert" in command:
                here = here.replace(machine.data, machine.data + "-tls").replace("0.0.0.0:443", "0.0.0.0:0")
                here = here.replace("--tls-cert FILE", f"--tls-cert {cert}").replace("--tls-key FILE", f"--tls-key {key}")
                machine.end(machine.background(here), signal.SIGTERM)
            else:
                server = machine.background(here + " --listen 127.0.0.1:0")
        elif command.startswith("debrief join"):
            check("http://127.0.0.1:7777/join#…" in command and invitation, f"whose invitation is that? {command}")
            machine.run(re.sub(r"'http[^']*'", f"'{invitation}'", here), who)
        elif command == "debrief watch":
            machine.run(f"debrief join '{machine.run(f'debrief admin --data {machine.data} invite {chr(34)}Ada Lind{chr(34)}').strip()}'", who)
            machine.end(machine.background(here, who, "Watching"))
        elif command.startswith("debrief admin --data"):
            out = machine.run(here)
            if " invite " in command:
                invitation = out.strip()
                check(re.fullmatch(r"http://127\.0\.0\.1:\d+/join#[\w-]{43}", invitation), f"it prints more than one invitation: {out}")
        else:
            check("administrator's device" in comment, f"on which device? {command} # {comment}")
            url = machine.run(f"debrief admin --data {machine.data} invite Administrator").strip()
            machine.run(f"debrief join '{url}'", "administrator")
            check("Jonas Brandt" in machine.run(here, "administrator"), "what the administrator's device shows")
    machine.end(server)


def two_commands(machine, lines):
    """Those of ./dev: what they would build is built, and this is what they would run."""
    listed = machine.run(f"{ROOT}/dev help")
    for command, comment in lines:
        check(re.search(rf"^  {command.split()[1]}\b", listed, re.M), f"./dev help does not know '{command}'")
        check(comment, f"{command} does not say what it does")
    closing = (ROOT / "dev").read_text(encoding="utf-8")
    check("%d passed, %d failed" in closing and "N passed, N failed" in " ".join(comment for _, comment in lines), "how ./dev test closes")


def shape(text):
    """As one line, with every date replaced."""
    return DATE.sub("DATE", re.sub(r"\s+", " ", text)).strip()


def arrived(block):
    """What the README shows as arrived, one piece each: a dimension, then the words."""
    start = block.index(HEADING) + 1
    lines = block[start:block.index("", start)]
    return ["\n".join(part) for part in split_before(lines, re.compile(r"  [a-z_]+  +\S"))]


def split_before(lines, beginning):
    parts = []
    for line in lines:
        if beginning.match(line):
            parts.append([])
        parts[-1].append(line)
    return parts


def pieces(block):
    """What stands between lines of …, and what arrived."""
    start = block.index(HEADING)
    before = "\n".join(block[:start]).split("\n…\n")
    return [*(piece.removesuffix("\n…") for piece in before), HEADING, *arrived(block), *block[block.index("", start):]]


def main_job(machine, block):
    """`./dev run` through a pipe: the pieces between lines of … come in that order."""
    done = subprocess.run([ROOT / "tools/main_job.sh", DEBRIEF], cwd=machine.folder, env=machine.environment(), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=240)
    check(done.returncode == 0, f"the main job ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    said, at = shape(done.stdout), 0
    for piece in pieces(block):
        wanted = shape(piece)
        if piece in arrived(block):  # Those come in no order of theirs.
            check(wanted in said[at:], f"the README shows\n  {wanted}\nand nothing like it arrived:\n  {said[at:]}")
            continue
        found = said.find(wanted, at)
        if found < 0:
            size = next((size for size in range(len(wanted), 0, -1) if said.find(wanted[:size], at) >= 0), 0)
            near = said.find(wanted[:size], at) + size
            raise AssertionError(f"the README shows\n  …{wanted[max(0, size - 100):size + 100]}…\nand it says\n  …{said[max(0, near - 100):near + 100]}…")
        at = found + len(wanted)
    return len(block)


def drawing(block):
    """How it is built: its rooms are there."""
    rooms = [line.split()[0] for line in block if re.match(r"\w+/ ", line)] + ["bot/", "sync/"]
    check({"tests/", "platform/", "core/"} <= set(rooms) and all((ROOT / room).is_dir() for room in rooms), f"rooms: {rooms}")


def named(machine, text):
    """Commands within sentences and in the table."""
    words = set(re.findall(r"`debrief ([a-z-]+(?: [a-z-]+)?)`", text))
    for row in re.findall(r"^\| [a-z][^|]*\| (`[^|]*) \|$", text, re.M):
        words |= {word.replace("\\", "") for word in re.findall(r"`([a-z]+)[^`]*`", row)}
    words -= {"demo"}
    for word in sorted(words):
        machine.run(f"debrief {word}" if word.startswith("help") else f"debrief help {word.split()[0]}")
    machine.run("debrief demo < /dev/null", "demo")
    machine.run("debrief journey --help")
    check("--since" in machine.run("debrief journey --help"), "journey --since")
    listed = machine.run(f"{ROOT}/dev help")
    for word in re.findall(r"`(\w+)`", text[text.index("`./dev help` lists"):text.index("Needs CMake")])[0:]:
        check(re.search(rf"\b{word}\b", listed), f"./dev help does not list {word}")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        check((ROOT / link).exists(), f"there is no {link}")
    return len(words)


def main():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    folder = tempfile.mkdtemp(prefix="debrief-readme-")
    machine = Machine(folder)
    began, ran, shown = time.monotonic(), 0, 0
    try:
        for block in blocks(text):
            lines = commands(block)
            if lines is None:
                if "questions at most" in block[0]:
                    shown = main_job(machine, block)
                else:
                    drawing(block)
                continue
            ran += len(lines)
            if lines[0][0].startswith("./dev"):
                two_commands(machine, lines)
            elif any(command.startswith("debrief serve") for command, _ in lines):
                with_a_team(machine, lines)
            else:
                alone(machine, lines)
        check(ran >= 14 and shown > 30, f"only {ran} commands and {shown} lines were found")
        words = named(machine, text)
    finally:
        machine.close()
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{ran} commands run, {shown} lines of output compared, {words} commands named; {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
