#!/usr/bin/env python3
"""The chat at a real (pseudo) terminal: a draft that survives kill -9, Ctrl-C, Ctrl-D, TAB, narrow screens, a paste."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import pexpect

HERE = pathlib.Path(__file__).resolve().parent
DEBRIEF = os.path.abspath(os.environ.get("DEBRIEF") or HERE / "../../../build/debug/platform/debrief")
PROMPT = r"\[\?2004hyou"


class Home:
    def __init__(self, folder):
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": folder, "DEBRIEF_HOME": folder + "/store", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                            "TZ": "UTC", **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}
        self.run("init", "--workspace", "Northwind", "--user", "Jonas")
        self.run("add", "account", "Brightfield Dairy")
        self.run("add", "contact", "brightf", "Sarah Chen", "--role", "COO")
        self.run("add", "meeting", "brightf", "Plant visit")

    def run(self, *words):
        return subprocess.run([DEBRIEF, *words], env=self.environment, check=True, capture_output=True, text=True, timeout=60).stdout

    def chat(self, rows=24, columns=80, **more):
        child = pexpect.spawn(DEBRIEF, ["chat", "brightf"], env={**self.environment, **more}, encoding="utf-8", timeout=30, dimensions=(rows, columns))
        child.expect(PROMPT)
        return child


def check(condition, words):
    if not condition:
        raise AssertionError(words)


def leave(child):
    """Ctrl-C until it is gone; the code that it ended with."""
    for _ in range(4):
        child.sendintr()
        if child.expect([pexpect.EOF, "again leaves"]) == 0:
            break
    child.close()
    return child.exitstatus


def a_draft_survives_a_kill(home):
    child = home.chat()
    child.send("They fear the sw")
    time.sleep(1.2)
    child.kill(signal.SIGKILL)
    child.wait()
    check("They fear the sw" in home.run("drafts"), "the list of drafts has it")
    child = home.chat()
    child.expect("They fear the sw")
    child.sendline("itch")
    child.expect(PROMPT)
    check(leave(child) == 3, "leaving by Ctrl-C ends with 3")
    check("They fear the sw" not in home.run("drafts"), "once said it is no draft")
    child = home.chat()
    check("They fear the switch" in child.before, "what was said is there")
    leave(child)


def a_dropped_line_comes_back_by_arrow_up(home):
    child = home.chat()
    child.send("half a thought")
    child.expect("half a thought")
    time.sleep(0.3)  # An interrupt throws away what the terminal has not handed over yet.
    child.sendintr()
    child.expect("Line dropped")
    child.expect(PROMPT)
    child.send("\x1b[A")
    child.expect("half a thought")
    check(leave(child) == 3, "cancelled")


def tab_completes_commands_and_names(home):
    child = home.chat()
    child.send("/sta\t")
    child.expect("tus")
    child.send("\r")
    child.expect("question [0-9]+ of at most")
    child.expect(PROMPT)
    child.send("Sar\t")
    child.expect("ah")
    leave(child)


def a_paste_of_several_lines_is_one_line(home):
    child = home.chat()
    before = len(messages(home))
    child.send("\x1b[200~The owner decides in May.\rSarah prepares the paper.\x1b[201~")
    child.expect("⏎")
    child.sendline("")
    child.expect(PROMPT)
    leave(child)
    said = messages(home)[before:]
    check(any("The owner decides in May.\nSarah prepares" in text for text in said), f"one line with a break in it: {said}")


def messages(home):
    import json
    lines = home.run("export", "--format", "json")
    return [record["text"] for record in walk(json.loads(lines)) if record.get("author_kind") == "user"]


def walk(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from walk(one)


def no_line_is_wider_than_a_narrow_screen(home):
    child = home.chat(columns=40)
    child.sendline("/help")
    child.expect(PROMPT)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", child.before)
    for line in text.split("\r\n"):
        check(len(line.split("\r")[-1]) <= 40, f"too wide: {line!r}")
    leave(child)


def ctrl_d_stops_politely(home):
    child = home.chat()
    child.sendline("They lose 8k each time the line stops.")
    child.expect(PROMPT)
    child.sendeof()
    child.expect("what I understood")
    child.expect(PROMPT)
    child.sendeof()
    child.expect("Go on with")
    child.expect(pexpect.EOF)
    child.close()
    check(child.exitstatus == 0, "a polite end is no failure")


def a_dumb_terminal_works_without_editing(home):
    child = pexpect.spawn(DEBRIEF, ["chat", "brightf"], env={**home.environment, "TERM": "dumb"}, encoding="utf-8", timeout=30)
    child.sendline("/quit")
    child.expect("Go on with")
    child.expect(pexpect.EOF)
    check("\x1b" not in child.before, "no escape sequence")


def main():
    tests = [a_draft_survives_a_kill, a_dropped_line_comes_back_by_arrow_up, tab_completes_commands_and_names, a_paste_of_several_lines_is_one_line,
             no_line_is_wider_than_a_narrow_screen, ctrl_d_stops_politely, a_dumb_terminal_works_without_editing]
    failed = 0
    for test in tests:
        with tempfile.TemporaryDirectory(prefix="debrief-keys-") as folder:
            os.chmod(folder, 0o700)
            try:
                test(Home(folder))
                print("passed", test.__name__)
            except (AssertionError, pexpect.ExceptionPexpect, subprocess.SubprocessError) as error:
                failed += 1
                print("FAILED", test.__name__, str(error)[:1500])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
