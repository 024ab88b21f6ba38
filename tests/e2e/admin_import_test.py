#!/usr/bin/env python3
"""A long import into a server's workspace, with and without the server running: it shows how far it is at a terminal and nothing
elsewhere, Ctrl-C ends it with 3 and whole records, the next run finishes, and a path is the one of whoever typed it."""
import csv
import json
import os
import subprocess
import sys
import time

import pexpect

from house import DEBRIEF, House, check

ROWS = 60000
SLOW = 4 if os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS") else 1


def write_crm(folder):
    os.makedirs(os.path.join(folder, "crm"))
    with open(os.path.join(folder, "crm", "pipeline.csv"), "w", newline="", encoding="ascii") as file:
        rows = csv.writer(file)
        rows.writerow("opportunity_id sales_agent product account deal_stage engage_date close_date close_value".split())
        for i in range(ROWS):
            rows.writerow([f"X{i}", f"Agent {i % 20}", "GTX", f"Account {i % 50}", "Won", "1/1/2017", "2/1/2017", i])


def run(data, folder, *words):
    return subprocess.run([DEBRIEF, "admin", "--data", data, "import", "crm-csv", "crm", *words], cwd=folder, capture_output=True, text=True,
                          timeout=300)


def broken_off(data, folder):
    child = pexpect.spawn(DEBRIEF, ["admin", "--data", data, "import", "crm-csv", "crm"], cwd=folder, encoding="utf-8", timeout=120,
                          dimensions=(24, 80), env={**os.environ, "TERM": "xterm-256color"})
    began = time.monotonic()
    child.expect("Importing crm")
    check(time.monotonic() - began < 0.5 * SLOW, f"seen after {time.monotonic() - began:.2f} s")
    child.expect(r"(\d+) of \d+ \(\d+ %\), \d+ a second, \d+ (s|min) left")
    began = time.monotonic()
    child.sendintr()
    child.expect(pexpect.EOF)
    took = time.monotonic() - began
    check(took < 1.0 * SLOW, f"it stopped after {took:.2f} s")
    child.close()
    check(child.exitstatus == 3, f"exit {child.exitstatus}, signal {child.signalstatus}: {child.before[-400:]}")
    check("Run it again to finish" in child.before and "3 cancelled" in child.before, child.before[-400:])
    return took


def finished(data, folder):
    again = run(data, folder, "--json")
    check(again.returncode == 0 and again.stderr == "", f"a program sees no progress: {again.stderr}")
    report = json.loads(again.stdout)
    check(0 < report["created"] < ROWS, f"the second run had {report['created']} left to do")
    began = time.monotonic()
    third = run(data, folder)
    logged = third.stderr.splitlines()  # In a log a line now and then.
    check(len(logged) <= (time.monotonic() - began) / 10 and all(line.startswith("Importing crm: ") for line in logged), f"logged: {third.stderr}")
    check(third.returncode == 0 and third.stdout.startswith("Created 0, changed 0, unchanged "),
          f"a third has nothing to do: {third}")


def main():
    with House() as house:
        write_crm(house.folder)
        alone = os.path.join(house.folder, "alone")
        first = broken_off(alone, house.folder)
        finished(alone, house.folder)

        # The same through a server that runs, in a folder of its own.
        server = house.server()
        second = broken_off(server.data, house.folder)
        check(server.process.poll() is None, "the server has ended")
        # One that is killed asks for nothing more either: the server is free again at once.
        process = subprocess.Popen([DEBRIEF, "admin", "--data", server.data, "import", "crm-csv", "crm"], cwd=house.folder,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.7)
        check(process.poll() is None, "it was over before it could be killed")
        process.kill()
        process.wait()
        began = time.monotonic()
        server.admin("status")
        check(time.monotonic() - began < 3 * SLOW, f"the server went on for {time.monotonic() - began:.1f} s")
        finished(server.data, house.folder)
        check(run(server.data, house.folder, "--frobnicate").returncode == 2, "a wrong word")
        check(server.close() == 0, "the server does not end well")
    print(f"broken off after {first * 1000:.0f} ms at the folder and {second * 1000:.0f} ms through the server, and finished by the next run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
