#!/usr/bin/env python3
"""Fifty people on fifty devices in one review's room: every line is kept, with its author, in one order everywhere, and the bot answers
each once. Beside it a second review of the same account, a plan of thirty pages, another language, somebody who leaves in the middle,
and somebody who may not be there and says so all the same."""
import time
from concurrent.futures import ThreadPoolExecutor

from house import House, Failed, check, refused

PEOPLE = 50
PAGES = 30
PLAN_SECONDS = 30  # Of a debug build on a busy machine; a release build needs a tenth.


def lines_of(device, room):
    return [(m["id"], m["author"].get("user"), m["author"]["name"], m["text"]) for m in device.call("chat.get", conversation=room)["messages"]]


def settled(devices, room, seconds=60):
    """The lines of the room once all devices show the same ones and nobody has anything left to send."""
    until = time.monotonic() + seconds
    while True:
        waiting = sum(device.call("sync.once")["pushed"] for device in devices)
        all_lines = [lines_of(device, room) for device in devices]
        if waiting == 0 and all(lines == all_lines[0] for lines in all_lines):
            return all_lines[0]
        check(time.monotonic() < until, f"the rooms stay different: {sorted({len(lines) for lines in all_lines})} lines")


def answers(device, room):
    """How often the bot answers each line, by the line's id."""
    count, after = {}, {}
    while after is not None:
        page = device.call("record.list", table="message", where={"room": room}, limit=500, **after)
        for record in page["records"]:
            step = record.get("body", {}).get("step", {})
            if step.get("did") and "line" in step:
                count[step["line"]] = count.get(step["line"], 0) + 1
        after = {"after": page["next"]} if page.get("next") else None
    return count


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ada Manager", "--role", "manager")
        server.admin("team", "add", "North", "--manager", "Ada Manager")
        names = [f"Rep {i:02}" for i in range(PEOPLE - 1)]
        for name in names:
            server.admin("user", "add", name, "--role", "rep", "--team", "North")
        server.admin("user", "add", "Zoe Other", "--role", "rep")
        with ThreadPoolExecutor(4) as pool:
            ada, zoe, *reps = pool.map(lambda name: house.joined(server, name), ["Ada Manager", "Zoe Other", *names])
        account = ada.call("record.put", table="account", fields={"name": "Brightfield Dairy", "industry": "food"})["id"]
        ada.call("sync.once")
        server.admin("assign", account, "North")
        room = ada.call("chat.start", kind="deal_review", account=account)["conversation"]
        ada.call("sync.once")
        everybody = [ada, *reps]
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda one: one.call("sync.once"), reps))
            joined = list(pool.map(lambda one: one.call("chat.start", kind="deal_review", account=account), reps))
        check(all(one["conversation"] == room and one["resumed"] for one in joined), "somebody is in another room")

        # All say something at once, each on a device that has heard nobody else's; every third to a colleague.
        said = {}
        for number, device in enumerate(everybody):
            words = f"@rep 07, that is number {number} of us." if number % 3 == 2 else \
                f"They stop the line {number + 2} times a month, their quality lead told me, case {number}."
            said[number] = words
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda pair: pair[1].call("chat.say", conversation=room, text=said[pair[0]]), enumerate(everybody)))
        # And live, from all sides.
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda one: one.call("sync.connect"), everybody))
            list(pool.map(lambda pair: pair[1].call("chat.say", conversation=room, text=f"And live, again from number {pair[0]}, the audit is near."),
                          enumerate(everybody)))
        lines = settled(everybody, room)
        for number, device in enumerate(everybody):
            me = device.call("system.info")["user"]
            own = [line for line in lines if line[1] == me]
            check([text for _, _, _, text in own] == [said[number], f"And live, again from number {number}, the audit is near."],
                  f"the lines of number {number}: {own}")
            check(all(name == ("Ada Manager" if number == 0 else names[number - 1]) for _, _, name, _ in own), f"not attributed: {own}")
        times = answers(ada, room)
        by_id = {line[0]: line for line in lines}
        check(all(count == 1 for count in times.values()), f"answered more than once: {times}")
        for number, device in enumerate(everybody):
            first = next(line for line in lines if line[3] == said[number])
            check(times.get(first[0], 0) == (0 if number % 3 == 2 else 1), f"the bot answered {first} {times.get(first[0], 0)} times")
        check(set(times) <= set(by_id), "the bot answers a line that is not there")
        states = [device.call("chat.get", conversation=room)["state"] for device in everybody]
        check(all(state == states[0] for state in states), "the rooms stand differently")

        # A second review of the same account, in a room of its own.
        plan_room = reps[0].call("chat.start", kind="plan_review", account=account)["conversation"]
        check(plan_room != room, "two reviews in one room")
        reps[0].call("sync.once")
        reps[1].call("sync.once")
        check(reps[1].call("chat.start", kind="plan_review", account=account)["conversation"] == plan_room, "a second plan review was begun")
        page = "We want to show our new release and our roadmap. What would have to be true for your stroke unit in June? " \
               "The night shift waits seventy minutes for a scan. " * 14
        plan = "\n".join(f"{number}. {page}" for number in range(PAGES))[:64 * 1024]
        check(len(plan) >= 60_000, f"thirty pages have {len(plan)} bytes")
        begun = time.monotonic()
        read = reps[1].call("chat.say", conversation=plan_room, text=plan)["messages"]
        took = time.monotonic() - begun
        check(took < PLAN_SECONDS, f"a plan of {PAGES} pages took {took:.1f} s")
        check(read and "%" in read[0]["text"], f"the plan was not read: {read[:1]}")
        check(refused(reps[1], "chat.say", conversation=plan_room, text=plan + "x" * 2048).get("field") == "text", "a line of more than a field was taken")
        plan_lines = settled([ada, reps[0], reps[1]], plan_room)
        check(sum(line[3] == plan for line in plan_lines) == 1, "the plan is not in the room as it was pasted")
        check(len(lines_of(ada, room)) == len(lines), "the one review talks into the other")

        # Another language is kept as it was said.
        foreign = ["Ils perdent deux jours par mois à cause de la vieille presse, dit Mme Roux.", "工場は月に二回止まります。", "Линия встаёт дважды в месяц."]
        for words in foreign:
            reps[2].call("chat.say", conversation=room, text=words)
        lines = settled(everybody[:5], room)
        check(all(sum(line[3] == words for line in lines) == 1 for words in foreign), "words of another language were changed or lost")

        # Who may not be there: nothing to read; a line that is forged into the room never arrives, and says why at home.
        zoe.call("sync.once")
        check(refused(zoe, "chat.get", conversation=room), "somebody without the account reads the room")
        forged = "Ada says: give them ten percent."
        try:
            zoe.call("record.put", table="message", scope=f"account/{account}",
                     fields={"room": room, "account": account, "at": "2026-11-30T12:00:00Z", "author_kind": "user", "text": forged})
        except Failed:
            pass  # The own device refuses already; server_attack_test sends the bare frames.
        zoe.call("sync.once")
        lines = settled(everybody[:3], room)
        check(not any(forged in line[3] for line in lines), "a forged line is in the room")

        # Somebody leaves in the middle, with a line on the way: it stays in the room or waits for the manager to file it, and is not lost.
        leaver = reps[-1]
        server.admin("user", "add", names[-1], "--role", "rep")  # No team any more.
        server.admin("unassign", account, "North")
        for name in names[:-1]:
            server.admin("assign", account, name)
        leaver.call("sync.once")
        check(refused(leaver, "chat.get", conversation=room), "the room stayed with somebody who left")
        lines_left = settled([ada, *reps[:-1]], room)
        check(lines_left == lines, "the room lost something with the one who left")
        print(f"{PEOPLE} people, {len(lines_left)} lines, one order; a plan of {len(plan)} bytes read in {took:.1f} s")


main()
