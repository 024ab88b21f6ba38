#!/usr/bin/env python3
"""Colleagues who are told "let us review it now" and all type the same command: whether one after the other or at once, they end up
in one room, see each other's words, and read the bot's lines in the order in which it said them."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from house import House, check  # noqa: E402
from window import Window  # noqa: E402

VALVE = "They lose two batches a month because the valve sticks."
ALDI = "If it goes on they lose the Aldi contract, their quality lead said."


def shows(words):
    return lambda lines: words in " ".join(line.strip() for line in lines)


def team(house, server):
    server.admin("user", "add", "Ada Manager", "--role", "manager")
    server.admin("team", "add", "North", "--manager", "Ada Manager")
    server.admin("user", "add", "Jonas Brandt", "--role", "rep", "--team", "North")
    jonas, ada = house.joined(server, "Jonas Brandt", "jonas"), house.joined(server, "Ada Manager", "ada")
    account = jonas.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
    debrief = jonas.call("chat.start", kind="debrief", account=account)["conversation"]
    jonas.call("chat.say", conversation=debrief, text="Each stop of the line costs them 9000 euros.")
    jonas.call("chat.act", conversation=debrief, action="confirm")
    for device in (jonas, ada):
        device.call("sync.once")
        device.close()
    return jonas.store, ada.store


def lines_of(window):
    return [line for line in window.lines() if line]


def one_after_the_other():
    with House() as house:
        jonas, ada = team(house, house.server())
        first = Window(jonas)
        second = Window(ada)
        second.type(VALVE + "\r")
        first.until(shows("Ada Manager: They lose two batches"), 10)
        first.until(shows("and who told us?"), 10)
        lines = [line for line in first.lines() if line.startswith(("debrief:", "Ada Manager:"))]
        said = [next((i for i, line in enumerate(lines) if words in line), -1) for words in ("batches", "Noted", "and who told us?")]
        check(-1 not in said and said == sorted(said), f"not in the order said: {lines}")
        check(any(line.startswith("- “Each stop of the line") for line in lines_of(first)), f"what is known is run together: {lines}")
        first.leave()
        second.leave()



def both_answer_one_question():
    """Each device's bot answers its own line; the question that both come to stands once on each screen, and no word is broken."""
    with House() as house:
        jonas, ada = team(house, house.server())
        windows = [Window(jonas), Window(ada)]
        for window, words in zip(windows, (VALVE, ALDI)):
            window.type(words + "\r")
        for window in windows:
            window.until(shows("Noted, Jonas Brandt"), 10)
            window.until(shows("Noted, Ada Manager"), 10)
            window.stays(lambda lines: True, 1)
            text = " ".join(line.strip() for line in window.lines())
            check(text.count("and who told us?") == 1, f"the same question twice: {window.screen.text()}")
            check("told by Jonas Brandt)" in text, f"a word is broken at the end of a line: {window.screen.text()}")
        for window in windows:
            window.leave()


def at_once():
    with House() as house:
        jonas, ada = team(house, house.server())
        windows = [Window(jonas, ready=False), Window(ada, ready=False)]
        for window in windows:
            window.until_asked()
        windows[0].type(VALVE + "\r")
        windows[0].until(shows("and who told us?"), 10)
        windows[1].type(ALDI + "\r")
        # Whoever was later has gone to the other room with this line; a line of the earlier one is there for both.
        windows[1].until(shows("Noted, Ada Manager"), 10)
        windows[0].type("Sarah told me that the valve is older than she is.\r")
        windows[1].until(shows("older than she is"), 10)
        windows[0].until(shows("Aldi contract"), 10)
        for window in windows:
            window.leave()


def main():
    one_after_the_other()
    at_once()
    both_answer_one_question()
    print("one room, whoever came first; the bot's lines in their order")


main()
