#!/usr/bin/env python3
"""Ctrl-C and SIGTERM in the middle of things: the program ends within a second with exit code 3, says so, and leaves a
store that is whole."""
import csv
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pexpect

HERE = pathlib.Path(__file__).resolve().parent
DEBRIEF = os.path.abspath(os.environ.get("DEBRIEF") or HERE / "../../../build/debug/platform/debrief")
ROWS = 100000
SLOW = 4 if os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS") else 1


def check(condition, words):
    if not condition:
        raise AssertionError(words)


class Home:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.store = str(self.folder / "store")
        self.environment = {**{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}, "PATH": "/usr/bin:/bin", "HOME": folder,
                            "DEBRIEF_HOME": self.store, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self.run("init", "--workspace", "Northwind", "--user", "Jonas")
        self.crm = self.folder / "crm"
        self.crm.mkdir()
        with open(self.crm / "pipeline.csv", "w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow("opportunity_id sales_agent product account deal_stage engage_date close_date close_value".split())
            for i in range(ROWS):
                rows.writerow([f"X{i}", "Jonas", "GTX", f"Account {i % 50}", "Won", "1/1/2017", "2/1/2017", i])

    def run(self, *words):
        return subprocess.run([DEBRIEF, *words], env=self.environment, capture_output=True, text=True, timeout=120)

    def rpc(self):
        return subprocess.Popen([DEBRIEF, "rpc"], env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def is_closed(self):
        return not os.path.exists(self.store + "/debrief.db-wal")


def ask(process, method, **params):
    process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode() + b"\n")
    process.stdin.flush()


def ends(process, number):
    """Exit code, and the seconds that it took."""
    began = time.monotonic()
    process.send_signal(number)
    return process.wait(timeout=30), time.monotonic() - began


def import_at_a_terminal(home):
    began = time.monotonic()
    child = pexpect.spawn(DEBRIEF, ["import", "crm-csv", str(home.crm)], env=home.environment, encoding="utf-8", timeout=60, dimensions=(24, 80))
    child.expect("Importing")
    check(time.monotonic() - began < 0.5 * SLOW, "something is seen within half a second")
    child.expect(rf"(\d+) of \d+ \(\d+ %\), \d+ a second, \d+ s left")
    began = time.monotonic()
    child.sendintr()
    child.expect(pexpect.EOF)
    check(time.monotonic() - began < 1.0 * SLOW, "it stops within a second")
    child.close()
    check(child.exitstatus == 3, f"exit {child.exitstatus}, signal {child.signalstatus}")
    check("Run it again to finish" in child.before and "3 cancelled" in child.before, child.before[-400:])
    again = home.run("import", "crm-csv", str(home.crm), "--json")
    check(again.returncode == 0 and again.stderr == "", again.stderr)
    report = json.loads(again.stdout)
    check(0 < report["created"] < ROWS, f"the second run had {report['created']} left to do")
    check(home.run("import", "crm-csv", str(home.crm)).stdout.startswith("Created 0, changed 0, unchanged "), "a third has nothing")


def rpc_that_waits(home):
    for number in (signal.SIGINT, signal.SIGTERM):
        process = home.rpc()
        ask(process, "system.info")
        process.stdout.readline()
        code, seconds = ends(process, number)
        check(code == 3 and seconds < 1 * SLOW, f"exit {code} after {seconds:.2f} s")
        check(home.is_closed(), "the store was closed in order")


def rpc_in_an_import(home):
    process = home.rpc()
    ask(process, "import", format="crm-csv", path=str(home.crm))
    for _ in range(3):
        check(json.loads(process.stdout.readline())["method"] == "progress", "it tells how far it is")
    code, seconds = ends(process, signal.SIGTERM)
    check(code == 3 and seconds < 1 * SLOW, f"exit {code} after {seconds:.2f} s")
    check(home.is_closed(), "the store was closed in order")


def rpc_whose_answers_nobody_reads(home):
    process = home.rpc()
    for _ in range(40):
        ask(process, "catalogue.get")
    time.sleep(0.5)
    code, seconds = ends(process, signal.SIGINT)
    check(code == 3 and seconds < 1 * SLOW, f"exit {code} after {seconds:.2f} s")


def waiting_for_a_server_that_says_nothing(home):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        invitation = f"http://127.0.0.1:{silent.getsockname()[1]}/join#" + "A" * 43
        process = home.rpc()
        ask(process, "sync.join", invitation=invitation, local="discard")
        time.sleep(0.5)
        code, seconds = ends(process, signal.SIGINT)
        check(code == 3 and seconds < 1 * SLOW, f"rpc: exit {code} after {seconds:.2f} s")
        process = subprocess.Popen([DEBRIEF, "join", invitation, "--local", "discard", "--yes"], env=home.environment, stderr=subprocess.PIPE)
        time.sleep(0.5)
        code, seconds = ends(process, signal.SIGINT)
        words = process.stderr.read().decode()
        check(code == 3 and seconds < 1 * SLOW, f"join: exit {code} after {seconds:.2f} s: {words}")
        check("  why   " in words and "  next  " in words and "3 cancelled" in words, words)


def a_command_that_only_reads(home):
    for more in ([], ["--json"]):
        process = subprocess.Popen([DEBRIEF, "understand", *more], env=home.environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.3 * SLOW)
        code, seconds = ends(process, signal.SIGINT)
        words = process.stderr.read().decode()
        check(code == 3 and seconds < 1 * SLOW, f"exit {code} after {seconds:.2f} s")
        check(json.loads(words)["error"]["code"] == 3 if more else "  next  " in words and "3 cancelled" in words, words)


def main():
    failed = []
    for test in (import_at_a_terminal, rpc_that_waits, rpc_in_an_import, rpc_whose_answers_nobody_reads,
                 waiting_for_a_server_that_says_nothing, a_command_that_only_reads):
        with tempfile.TemporaryDirectory(prefix="debrief-interrupt-") as folder:
            try:
                test(Home(folder))
            except (AssertionError, pexpect.ExceptionPexpect, subprocess.SubprocessError, OSError, ValueError) as error:
                failed.append(test.__name__)
                print(f"{test.__name__}: {error}")
    print(f"{6 - len(failed)} interruptions passed, {len(failed)} failed", *failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
