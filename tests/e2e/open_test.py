#!/usr/bin/env python3
"""`debrief open`: the web app over the local store. First who must not come in, then what those can do who may. Loopback only."""
import base64
import json
import os
import signal
import socket
import subprocess
import sys
import time

from house import DEBRIEF, Failed, House, check
from page import Opened, Page, fetch, make_app
from raw_client import Closed

SLOW = 4 if os.environ.get("ASAN_OPTIONS") or os.environ.get("TSAN_OPTIONS") else 1


def touches(record):
    return lambda params: any(one["id"] == record for one in params["records"])


def refused_upgrade(words, *arguments, status=403, **options):
    try:
        Page(*arguments, **options)
    except Closed as refused:
        check(f" {status} " in str(refused), f"{words}: {refused}")
        return
    raise AssertionError(f"{words} was let in")


def wrong_hosts_and_origins(door):
    port = door.port
    for host in ("evil.example", f"evil.example:{port}", f"127.0.0.1.evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}",
                 f"127.0.0.2:{port}", f"[::1]:{port}", f"LOCALHOST.:{port}", f"0.0.0.0:{port}"):
        status, _, body = fetch(port, "/", host=host)
        check(status == 403 and b"app" not in body, f"host {host} gets files: {status}")
        refused_upgrade(f"host {host}", port, door.secret, host=host)
    for origin in (None, "", "null", "http://evil.example", f"http://evil.example:{port}", f"https://127.0.0.1:{port}",
                   f"http://127.0.0.1:{port + 1}", "http://127.0.0.1", f"http://127.0.0.1:{port}.evil.example",
                   f"http://localhost:{port}", f"http://127.0.0.1:{port}/", f"file://"):
        refused_upgrade(f"origin {origin!r}", port, door.secret, origin=origin)
    refused_upgrade("two origins", port, door.secret, origin=f"http://127.0.0.1:{port}\r\nOrigin: http://evil.example")
    refused_upgrade("the sync door", port, door.secret, path="/sync", status=404)
    refused_upgrade("a secret in the address", port, door.secret, path=f"/rpc?secret={door.secret}", status=404)
    # The other name of this machine is as good.
    Page(port, door.secret, host=f"localhost:{port}").close()
    for address in ("127.0.0.2", "::1"):
        try:
            socket.create_connection((address, port), timeout=2).close()
            raise AssertionError(f"it listens on {address}, too")
        except OSError:
            pass


def first_words(opened):
    """What a page may say first. Each attempt ends with 4401 and tells nothing; a door takes ten failures, so each gets its own."""
    def enter(secret):
        return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "page.enter", "params": {"secret": secret}}).encode()

    def attempts(right):
        other = base64.urlsafe_b64encode(os.urandom(32)).rstrip(b"=").decode()
        good, bad = json.loads(enter(right)), json.loads(enter(other))
        read = {"jsonrpc": "2.0", "id": 2, "method": "system.info", "params": {}}
        return {
            "a wrong secret": enter(other), "an empty one": enter(""), "half of it": enter(right[:20]), "more than it": enter(right + "A"),
            "no text": enter({"x": right}), "a list": enter([right]), "null": enter(None),
            "another method": json.dumps(read).encode(), "the secret alone": right.encode(), "no JSON": b"{{{{", "nothing": b"",
            "a batch of guesses": json.dumps([bad, good]).encode(), "another method, then the secret": json.dumps([read, good]).encode(),
            "the secret as a list of parameters": json.dumps({**good, "params": [right]}).encode(),
            "too long": enter(right + " " * 2000), "bytes that are no text": b"\xff\xfe",
        }

    names = list(attempts("A" * 43))
    door = None
    for number, name in enumerate(names):
        if number % 8 == 0:
            if door:
                door.kill()
            door = opened()
        page = Page(door.port)
        page.send_raw(attempts(door.secret)[name])
        said = []
        try:
            while True:
                said.append(page.read())
        except Closed as end:
            fits = end.code in ((1009, None) if name == "too long" else (1007, None) if "bytes" in name else (4401,))
            check(fits, f"{name}: closed with {end.code}")
        check("result" not in json.dumps(said), f"{name}: {said}")
    # Words behind a wrong first one are not heard: whoever is let out stays out.
    page = Page(door.port)
    page.send_raw(attempts(door.secret)["a wrong secret"])
    try:
        page.send_raw(enter(door.secret))
    except Closed:
        pass
    check(page.closed_with() == 4401, "a second guess on the same socket")
    page = Page(door.port)
    began = time.monotonic()
    check(page.closed_with() == 4401 and 4 < time.monotonic() - began < 9, "silence is not ended after five seconds")
    door.kill()


def guessing(opened):
    door = opened()
    inside = door.page()
    for _ in range(10):
        page = Page(door.port)
        page.ask("page.enter", secret="A" * 43)
        check(page.closed_with() == 4401, "a guess")
    refused_upgrade("the eleventh guess", door.port, door.secret, status=429)
    check(inside.call("system.info")["version"], "who is in goes on")
    time.sleep(7)
    door.page().close()  # One failure was forgiven.
    door.kill()


def other_users(house, opened):
    """Somebody else on this machine who got hold of the secret."""
    if os.getuid() != 0:
        print("skipped: only root can try it as another user")
        return
    door = opened()
    attack = ("import os,sys; sys.path.insert(0, sys.argv[1])\n"
              "from page import Page; from raw_client import Closed\n"
              "os.setgid(65534); os.setuid(65534)\n"
              "try: Page(int(sys.argv[2]), sys.argv[3]); print('in')\n"
              "except Closed as refused: print(refused)\n")
    place = os.path.dirname(os.path.abspath(__file__))
    done = subprocess.run([sys.executable, "-c", attack, place, str(door.port), door.secret], capture_output=True, text=True, timeout=60,
                          env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    check(" 403 " in done.stdout, f"another user: {done.stdout}{done.stderr}")
    door.page().close()
    door.kill()


def secrets_differ(house, web):
    secrets = []
    for _ in range(2):
        door = Opened(os.path.join(house.folder, "seeded"), "--no-browser", "--web", web, "--seed", "7")
        secrets.append(door.secret)
        code, _, errors = door.end()
        check(door.secret not in errors, "the secret is in the log")
    check(secrets[0] != secrets[1] and len(base64.urlsafe_b64decode(secrets[0] + "=")) == 32, f"secrets: {secrets}")


def files(door):
    status, headers, body = fetch(door.port, "/")
    check(status == 200 and b'<meta name="debrief-door" content="rpc">' in body, f"index: {status} {body}")
    check(door.secret.encode() not in body and "set-cookie" not in headers, "a secret, or a cookie")
    check(headers["content-security-policy"].startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"), str(headers))
    check(fetch(door.port, "/account/0197")[2] == body, "a place within the app")
    for path in ("/../../etc/passwd", "/assets/../../store/debrief.db", "/.hidden", "/..%2f..%2fstore/debrief.db", "//etc/passwd",
                 "/assets/%2e%2e/index.html", "/\\..\\store", "/debrief.db", "/assets//index-B2x9_aQ7.js", "/index.html/..", "/%00"):
        status, _, body = fetch(door.port, path)
        check(status == 404 and b"SQLite" not in body and b"root:" not in body, f"{path}: {status} {body[:60]}")


def the_main_job(house, door, store):
    """Two tabs and a command at a terminal, over one store that did not exist before."""
    first, second = door.page(), door.page()
    check(first.entered["version"] == first.call("system.info")["version"], f"the version: {first.entered}")
    check(first.call("system.info")["user"] is None, "a new store belongs to nobody")
    first.call("store.init", workspace="Northwind", user="Jonas Brandt")
    account = first.call("record.put", table="account", fields={"name": "Brightfield Dairy"})["id"]
    second.wait("changed", touches(account))
    started = second.call("chat.start", kind="debrief", account=account)
    second.call("chat.say", conversation=started["conversation"], text="Sarah fears that the switch will stop the line.")
    first.wait("message", lambda params: "stop the line" in params["message"]["text"])
    done = subprocess.run([DEBRIEF, "add", "contact", "Brightfield", "Sarah Chen", "--store", store, "--json"], capture_output=True,
                          text=True, timeout=60)
    check(done.returncode == 0, done.stderr)
    contact = json.loads(done.stdout)["id"]
    for page in (first, second):
        page.wait("changed", touches(contact), 10 * SLOW)
    # Requests are answered in order, however many come at once; what is wrong is answered as everywhere else.
    numbers = [first.ask("record.get", table="contact", id=contact) for _ in range(200)]
    got = []
    while len(got) < 200:
        said = first.read()
        if "id" in said:
            got.append(said["id"])
    check(got == numbers, f"the order: {got[:5]}")
    try:
        first.call("record.get", table="contact", id="0")
        raise AssertionError("a wrong id was taken")
    except Failed as failed:
        check(failed.data["field"] == "id", str(failed))
    # A tab that goes in the middle of a question disturbs nobody.
    second.ask("search", query="line")
    second.close()
    check(first.call("system.info")["user_name"] == "Jonas Brandt", "the other tab goes on")
    return first


def sizes(door, page):
    text = "x" * (2 << 20)
    try:
        page.call("import", format="ics", text=text)
    except Failed:
        pass
    check(page.call("system.info")["workspace_name"] == "Northwind", "after two megabytes")
    other = door.page()
    other.send_raw(b"[", claim=17 << 20)
    check(other.closed_with() in (1009, None), "seventeen megabytes")
    check(page.call("system.info")["workspace_name"] == "Northwind", "the other page goes on")


def ends_well(house, web):
    store = os.path.join(house.folder, "ending")
    door = Opened(store, "--no-browser", "--web", web)
    page = door.page()
    page.call("store.init", workspace="Northwind", user="Jonas")
    code, took, errors = door.end()
    check(code == 0 and took < 2 * SLOW and page.closed_with() == 1001, f"Ctrl-C: {code} after {took:.1f} s, {errors}")
    check(not os.path.exists(store + "/debrief.db-wal"), "the store is left open")
    # In the middle of work, with a page that reads nothing.
    door = Opened(store, "--no-browser", "--web", web)
    page = door.page(receive_buffer=4096)
    rows = "".join(f"X{i},Jonas,GTX,Account {i % 50},Won,1/1/2017,2/1/2017,{i}\n" for i in range(60000))
    page.ask("import", format="crm-csv", text="opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n" + rows)
    time.sleep(0.5)
    code, took, errors = door.end(signal.SIGTERM)
    check(code == 0 and took < 3 * SLOW, f"in the middle of an import: {code} after {took:.1f} s, {errors}")
    done = subprocess.run([DEBRIEF, "status", "--store", store], capture_output=True, text=True, timeout=60)
    check(done.returncode == 0 and "Jonas" in done.stdout, done.stdout + done.stderr)


def stays_linked(house, web):
    """Who has joined a team stays connected while the door is open; and a page may join."""
    server = house.server()
    server.admin("team", "add", "North")
    server.admin("user", "add", "Ada", "--role", "manager", "--team", "North")
    server.admin("team", "add", "North", "--manager", "Ada")
    server.admin("user", "add", "Jonas", "--role", "rep", "--team", "North")
    ada = house.joined(server, "Ada")
    ada.call("sync.connect")
    store = os.path.join(house.folder, "linked")
    door = Opened(store, "--no-browser", "--web", web)
    page = door.page()
    page.call("sync.join", invitation=server.admin("invite", "Jonas"))
    page.call("sync.connect")
    page.wait("sync", lambda status: status["state"] == "caught_up")
    account = page.call("record.put", table="account", fields={"name": "Kestrel"})["id"]
    ada.wait("changed", touches(account))
    check(door.end()[0] == 0, "an end with a link")
    door = Opened(store, "--no-browser", "--web", web)
    page = door.page()
    account = page.call("record.put", table="account", fields={"name": "Osprey"})["id"]
    ada.wait("changed", touches(account))
    check(door.end()[0] == 0, "an end with a link that it made itself")


def the_browser(house, web):
    """It is shown the address where there is a screen, and only there."""
    tools, seen = os.path.join(house.folder, "bin"), os.path.join(house.folder, "seen")
    os.makedirs(tools)
    with open(os.path.join(tools, "xdg-open"), "w") as script:
        script.write(f'#!/bin/sh\n(printf "%s\\n" "$1"; ls -l /proc/$$/fd) > {seen}.new && mv {seen}.new {seen}\n')
    os.chmod(os.path.join(tools, "xdg-open"), 0o755)
    plain = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    plain["PATH"] = tools + ":" + os.environ["PATH"]
    store = os.path.join(house.folder, "browsed")
    for what, environment, options, shown in (("no screen", plain, (), False), ("--no-browser", {**plain, "DISPLAY": ":9"}, ("--no-browser",), False),
                                              ("--json", {**plain, "DISPLAY": ":9"}, ("--json",), False), ("a screen", {**plain, "WAYLAND_DISPLAY": "w"}, (), True)):
        if "--json" in options:
            done = subprocess.Popen([DEBRIEF, "open", "--store", store, "--web", web, "--json"], env=environment, stdout=subprocess.PIPE, text=True)
            first = json.loads(done.stdout.readline())
            check(first["event"] == "listening" and first["url"].startswith("http://127.0.0.1:"), str(first))
            time.sleep(0.5)
            done.send_signal(signal.SIGINT)
            check(json.loads(done.stdout.read())["event"] == "stopped" and done.wait(10) == 0, "the end as JSON")
            check(not os.path.exists(seen), what)
            continue
        door = Opened(store, "--web", web, *options, environment=environment)
        until = time.monotonic() + (10 if shown else 0.5)
        while time.monotonic() < until and not os.path.exists(seen):
            time.sleep(0.05)
        check(os.path.exists(seen) == shown, f"{what}: shown {os.path.exists(seen)}")
        if shown:
            with open(seen) as file:
                address, *open_files = file.read().splitlines()
            check(address == door.url, "another address was shown")
            check(not any("socket:" in line or "debrief.db" in line for line in open_files), f"the browser holds {open_files}")
        check(door.end()[0] == 0, what)


def without_an_app(house):
    nowhere = os.path.join(house.folder, "nowhere")
    door = Opened(os.path.join(house.folder, "bare"), "--no-browser", "--web", nowhere)
    status, headers, body = fetch(door.port, "/")
    check(status == 503 and b"./dev web" in body and headers["content-type"].startswith("text/plain"), f"{status} {body}")
    # Built meanwhile, it is there.
    make_app(nowhere)
    check(fetch(door.port, "/")[0] == 200, "the app that was built meanwhile")
    done = subprocess.run([DEBRIEF, "open", "--no-browser", "--store", door.store, "--port", str(door.port)], capture_output=True, text=True, timeout=60)
    check(done.returncode == 5 and "in use" in done.stderr and "--port" in done.stderr, f"{done.returncode} {done.stderr}")
    _, _, errors = door.end()
    check("./dev web" in errors, errors)


def main():
    with House() as house:
        web = make_app(os.path.join(house.folder, "web"))

        def opened():
            return Opened(os.path.join(house.folder, f"attacked{len(Opened.running)}"), "--no-browser", "--web", web)
        try:
            store = os.path.join(house.folder, "store")
            door = Opened(store, "--no-browser", "--web", web)
            wrong_hosts_and_origins(door)
            first_words(opened)
            guessing(opened)
            other_users(house, opened)
            secrets_differ(house, web)
            files(door)
            page = the_main_job(house, door, store)
            sizes(door, page)
            check(door.end()[0] == 0, "the end")
            ends_well(house, web)
            stays_linked(house, web)
            the_browser(house, web)
            without_an_app(house)
        finally:
            Opened.end_all()
    print("strangers stayed outside, pages did the main job, Ctrl-C ended it in order")
    return 0


if __name__ == "__main__":
    sys.exit(main())
