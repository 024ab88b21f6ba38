#!/usr/bin/env python3
"""A device killed with -9 at random moments of a debrief loses no line that was shown as saved, and the debrief goes on."""
import random
import sys
import time

from house import Device, House, check

KILLS = 20
LINES = [
    "Their batch system stops twice a month and only one retired contractor can restart it.",
    "Every stop costs them about eight thousand in spoiled milk, Sarah said.",
    "Honestly no idea.",
    "Sarah wants the line running through the night without anybody on call by September.",
    "Mo is against it, he says the last vendor left them alone in the middle of the change.",
    "She will send us the incident list by Friday.",
    "skip",
]


def texts(messages):
    return [m["text"] for m in messages if m["author"]["kind"] == "user"]


def main():
    chance = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    with House() as house:
        device = house.device("rep")
        device.call("store.init", workspace="Kills", user="Jonas", role="rep")
        account = device.call("record.put", table="account", fields={"name": "Brightfield Dairy", "industry": "food"})["id"]
        device.call("record.put", table="contact", fields={"account": account, "name": "Sarah Chen", "role": "COO"})
        device.call("record.put", table="contact", fields={"account": account, "name": "Mo Idris", "role": "IT lead"})
        started = device.call("chat.start", kind="debrief", account=account)
        conversation = started["conversation"]
        saved, said_so_far = [], []
        for kill in range(KILLS):
            line = chance.choice(LINES)
            wanted = device.send("chat.say", conversation=conversation, text=line)
            # The line is durable once its message was told; the reply may or may not have been computed by then.
            if chance.random() < 0.5:
                time.sleep(chance.random() * 0.03)
            else:
                device.wait("message", lambda p: p["message"]["author"]["kind"] == "user" and p["message"]["text"] == line)
                time.sleep(chance.random() * 0.01)
            device.kill()
            time.sleep(0.05)
            told = []
            while not device.notifications.empty():
                said = device.notifications.get()
                message = said["params"].get("message", {})
                # Not the "back" that was said in between.
                if said["method"] == "message" and message["author"]["kind"] == "user" and message["text"] == line:
                    told.append(said["params"]["message"]["text"])
            answered = any(a and a.get("id") == wanted and "result" in a for a in list(device.answers.queue))
            if told or answered:
                saved.append(line)
            device.start()
            now = device.call("chat.start", kind="debrief", account=account)
            check(now["conversation"] == conversation or now["state"]["phase"] == "asking", "the debrief goes on")
            if now["conversation"] != conversation:
                break
            kept = texts(now["messages"])
            for said in saved:
                check(kept.count(said) >= saved.count(said), f"after kill {kill} the line is lost: {said}")
            ids = [m["id"] for m in now["messages"]]
            check(len(ids) == len(set(ids)), "a line is there twice")
            again = device.call("chat.get", conversation=conversation)
            check(again["state"].get("open") == now["state"].get("open"), "the open question changes between two looks")
            said_so_far.append(line)
            check(len(kept) <= len(said_so_far), f"a line was made up: {kept} of {said_so_far}")
            if now["state"]["phase"] != "asking":
                device.call("chat.act", conversation=conversation, action="back")
                said_so_far.append("back")
        print(f"{KILLS} kills, {len(saved)} lines shown as saved, all kept")


main()
