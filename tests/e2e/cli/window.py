"""`debrief review` in a window of its own, and what stands on it."""
import os
import pathlib
import sys
import time

import pexpect

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from house import DEBRIEF, check  # noqa: E402
from screen import Screen  # noqa: E402


def environment(store):
    return {"PATH": "/usr/bin:/bin", "HOME": store, "DEBRIEF_HOME": store, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}


class Window:
    """`debrief review` at a terminal of 80 columns."""

    def __init__(self, store, ready=True):
        self.screen = Screen()
        self.child = pexpect.spawn(os.path.abspath(DEBRIEF), ["review", "brightf"], env=environment(store), encoding="utf-8",
                                   dimensions=(60, 80))
        if ready:
            self.until_asked()

    def until_asked(self):
        self.until(lambda lines: lines[-1] == "you", 20)

    def lines(self):
        return self.screen.text().split("\n")

    def look(self):
        try:
            self.screen.feed(self.child.read_nonblocking(4096, 0.05))
        except pexpect.TIMEOUT:
            pass

    def until(self, condition, seconds):
        end = time.monotonic() + seconds
        while not condition(self.lines()):
            check(time.monotonic() < end, f"not within {seconds} s:\n{self.screen.text()}")
            self.look()

    def stays(self, condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.look()
            check(condition(self.lines()), f"not for {seconds} s:\n{self.screen.text()}")

    def type(self, text):
        self.child.send(text)

    def leave(self):
        for _ in range(4):
            self.child.sendintr()
            if self.child.expect([pexpect.EOF, "again leaves"], timeout=20) == 0:
                break
        self.child.close()
