#!/usr/bin/env python3
"""Two people in one review at real (pseudo) terminals: each sees that the other has come and is typing, above the line, for a
while; what stands on the screen afterwards is the conversation alone, and a pipe sees nothing of it."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from house import DEBRIEF, House, check  # noqa: E402
from window import Window, environment  # noqa: E402

LINE = "And why would they move before the audit, when the old line still runs and nobody has counted what they lose"


def passing(words):
    return lambda lines: lines[-2:] == [words, "you"]


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        server.admin("user", "add", "Jonas Brandt", "--role", "rep", "--team", "North")
        jonas, ada = house.joined(server, "Jonas Brandt", "jonas"), house.joined(server, "Ada Manager", "ada")
        account = jonas.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
        for device in (jonas, ada):
            device.call("sync.once")
        jonas.call("chat.start", kind="deal_review", account=account)
        for device in (jonas, ada):
            device.call("sync.once")
            device.close()

        first = Window(jonas.store)
        before = first.lines()
        second = Window(ada.store)
        first.until(passing("Ada Manager is here"), 5)
        second.until(passing("Jonas Brandt is here"), 5)
        first.until(lambda lines: lines == before, 7)

        # Typing stands above, also above a line of two rows with the cursor in its middle, and goes without a trace.
        first.type(LINE + "\x1b[D" * 60)
        first.until(lambda lines: lines[-2].startswith("you      And why would they move") and lines[-1].endswith("they lose"), 5)
        half = first.lines()
        second.until(lambda lines: lines[-2] == "Jonas Brandt is typing …", 3)
        second.type("They lose ")
        first.until(lambda lines: lines == before[:-1] + ["Ada Manager is typing …"] + half[-2:], 3)
        first.until(lambda lines: lines == half, 8)

        # A line that has come is not being typed any more.
        second.type("two batches")
        first.until(lambda lines: lines[-3] == "Ada Manager is typing …", 3)
        second.type("\r")
        first.until(lambda lines: "Ada Manager: They lose two batches" in lines, 5)
        first.stays(lambda lines: not any("typing" in line for line in lines), 2)
        second.type("x")
        first.until(lambda lines: lines[-3] == "Ada Manager is typing …", 5)
        first.type("\r")
        first.until(lambda lines: lines[-1] == "you", 10)
        check([line for line in first.lines() if "typing" in line] in ([], ["Ada Manager is typing …"]), first.screen.text())
        second.leave()
        first.until(lambda lines: not any("typing" in line or "is here" in line for line in lines), 3)
        text = first.screen.text()
        for words in ("cannot stay as they are?", LINE[:40], "Ada Manager: They lose two batches"):
            check(words in text, f"'{words}' is no longer on the screen:\n{text}")
        first.leave()

        piped = subprocess.run([DEBRIEF, "review", "brightf"], input="They want a week without a stop.\n", env=environment(jonas.store),
                               capture_output=True, text=True, timeout=60)
        check(piped.returncode == 0, piped.stderr)
        check("is here" not in piped.stdout + piped.stderr and "\x1b" not in piped.stdout, f"in a pipe: {piped.stdout}")
        print("seen for a while above the line, gone without a trace")


main()
