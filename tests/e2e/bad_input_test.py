#!/usr/bin/env python3
"""Bad input and faults at the command line and at `debrief rpc`: a clear error with what to do, a right exit code, and nothing
lost or half written."""
import hashlib
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from house import DEBRIEF, Failed, House, Server, check  # noqa: E402

PASTE = 10_000_000


def run(*words, say=b"", **options):
    """A command; its standard output and error as text, and its code."""
    done = subprocess.run([DEBRIEF, *words], input=say, capture_output=True, timeout=30, **options)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def refused(what, code, words, *command, **options):
    """The command fails with this code, says these words, what to do next, and no more than a screen of text."""
    got, out, err = run(*command, **options)
    check(got == code, f"{what}: exit {got} instead of {code}: {out[-300:]} {err[-600:]}")
    for word in words:
        check(word in err, f"{what}: '{word}' is not in: {err[-600:]}")
    check("next" in err, f"{what}: no advice in: {err[-600:]}")
    check(len(err) < 4000, f"{what}: {len(err)} bytes of error")
    return err


def rpc(store, *lines, **options):
    """The answers of one `debrief rpc` to these raw lines, by their order; notifications left out."""
    code, out, err = run("rpc", "--store", store, say=b"\n".join(lines) + b"\n", **options)
    check(code == 0, f"rpc ends with {code}: {err[-500:]}")
    answers = [json.loads(line) for line in out.splitlines()]
    return [one for one in answers if isinstance(one, list) or "method" not in one]


def request(number, method, **params):
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode()


def store_of(house, name, *accounts):
    store = os.path.join(house.folder, name)
    check(run("--store", store, "init", "--workspace", "Northwind", "--user", "Jonas")[0] == 0, "no store")
    for account in accounts:
        check(run("--store", store, "add", "account", account)[0] == 0, "no account")
    return store


def lines_said(store):
    """The user's own lines that the store keeps."""
    found = rpc(store, request(1, "record.list", table="message", limit=500))[0]["result"]["records"]
    return [one["text"] for one in found if one["author_kind"] == "user"]


def fingerprint(folder):
    sums = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            sums[name] = hashlib.sha256(file.read()).hexdigest()
    return sums


def invitations(house):
    server = house.server()
    server.admin("user", "add", "Ann", "--role", "rep")
    used = server.admin("invite", "Ann")
    first = os.path.join(house.folder, "ann")
    check(run("--store", first, "join", used)[0] == 0, "an invitation does not work")
    before = fingerprint(first)
    wrong = used.split("#")[0] + "#" + "A" * 43
    fresh = os.path.join(house.folder, "fresh")
    said = {refused(what, 4, ["invitation"], "--store", fresh, "join", url) for what, url in (("wrong", wrong), ("used", used))}
    check(len(said) == 1, f"wrong and used are told apart: {said}")
    check(used.split("#")[1] not in "".join(said), "the secret is shown")
    for nonsense in ("", "http://", "hello", "ftp://127.0.0.1/join#" + "A" * 43, used[:-20], used.split("#")[0],
                     "http://127.0.0.1:7/join#" + "A" * 100_000):
        refused(f"no invitation: {nonsense[:40]}", 2, [], "--store", fresh, "join", nonsense)
    check(not os.path.exists(fresh) or run("--store", fresh, "accounts")[0] == 4, "a refused invitation leaves somebody signed in")
    check(fingerprint(first).keys() == before.keys(), "others' refusals touch a store")
    port = server.port
    refused("a port in use", 5, [f"Port {port} is in use", "--listen"], "serve", "--data", os.path.join(house.folder, "second"), "--listen", f"127.0.0.1:{port}")
    refused("the data of a running server", 6, [], "serve", "--data", server.data, "--listen", "127.0.0.1:0")
    for listen in ("127.0.0.1", "127.0.0.1:x", "127.0.0.1:70000", "nowhere.invalid:80", "0.0.0.0:0", ":", ""):
        code, _, err = run("serve", "--data", os.path.join(house.folder, "third"), "--listen", listen)
        check(code in (2, 5) and "next" in err, f"listen on '{listen}': {code} {err}")

    # The server goes: work goes on here, and `sync` says so with 5 in a bounded time.
    server.close()
    check(run("--store", first, "add", "account", "Offline Dairy")[0] == 0, "no work without a server")
    started = time.monotonic()
    refused("no network", 5, [], "--store", first, "sync")
    check(time.monotonic() - started < 20, "sync without a network takes too long")
    refused("join without a network", 5, [], "--store", fresh, "join", used)
    server.start()
    check(run("--store", first, "sync")[0] == 0, "no sync once the server is back")
    server.close()


def no_debrief_server(house):
    """Others that may listen there: one that says nothing, a web server, one that hangs up, one that talks rubbish for ever."""
    fresh = os.path.join(house.folder, "elsewhere")

    def silent(connection):
        connection.settimeout(25)
        try:
            while connection.recv(4096):
                pass
        except OSError:
            pass

    def web(connection):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")

    def upgrade_wrong(connection):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n")

    def rubbish(connection):
        try:
            for _ in range(100):
                connection.sendall(b"\xff\x00" * 5000)
        except OSError:
            pass

    def moved(connection):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")

    def next_year(connection):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\nDebrief-Protocols: debrief.2\r\nContent-Length: 0\r\n\r\n")

    words = {next_year: ["speaks debrief.2", "this program debrief.1"]}
    for behaviour in (silent, web, upgrade_wrong, rubbish, moved, next_year, lambda connection: None):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(5)
            over = threading.Event()

            def serve(behaviour=behaviour, listener=listener, over=over):
                listener.settimeout(0.2)
                while not over.is_set():
                    try:
                        connection, _ = listener.accept()
                    except OSError:
                        continue
                    with connection:
                        try:
                            behaviour(connection)
                        except OSError:
                            pass

            helper = threading.Thread(target=serve, daemon=True)
            helper.start()
            started = time.monotonic()
            port = listener.getsockname()[1]
            refused(f"no Debrief server ({behaviour.__name__})", 5, words.get(behaviour, []), "--store", fresh, "join", f"http://127.0.0.1:{port}/join#" + "A" * 43)
            check(time.monotonic() - started < 25, f"{behaviour.__name__}: an answer took {time.monotonic() - started:.0f} s")
            over.set()
            helper.join(5)


def names(house):
    store = store_of(house, "names", "Acme North", "Acme East", "Acme West")
    for command in ("chat", "journey", "plan"):
        refused(f"{command} of three", 2, ["Acme North", "Acme East", "Acme West", "3"], "--store", store, command, "acme")
    refused("nobody", 2, ["nobody at all"], "--store", store, "chat", "nobody at all")
    code, out, err = run("--store", store, "--json", "chat", "acme")
    check(code == 2 and json.loads(err), f"--json: {code} {err}")
    check(lines_said(store) == [], "a refused chat has written something")


def paste(house):
    store = store_of(house, "paste", "Solo")
    big = b"x" * PASTE
    talk = b"They fear the switch.\n" + big + b"\n" + b"caf\xe9 is not text\n" + b"\x00\xff\xfe\n" + b"The budget is approved.\n"
    code, out, err = run("--store", store, "chat", "Solo", say=talk)
    check(code in (1, 2), f"a paste: exit {code}")
    check("64 KiB" in err and "9765 KiB" in err and "UTF-8" in err, f"a paste: {err[-500:]}")
    check(lines_said(store) == ["They fear the switch.", "The budget is approved."], f"said: {[one[:40] for one in lines_said(store)]}")
    limit = 65536
    code, out, err = run("--store", store, "chat", "Solo", say=b"y" * limit + b"\n" + b"z" * (limit + 1) + b"\n")
    check([one[:1] for one in lines_said(store)][2:] == ["y"], f"at the limit: {err}")
    # No end of line, and more than any line may have.
    code, out, err = run("--store", store, "chat", "Solo", say=b"w" * 20_000_000)
    check(code in (1, 2) and "KiB" in err and len(lines_said(store)) == 3, f"20 MB without an end: {code} {err[-300:]}")

    put = [request(1, "record.put", table="account", fields={"name": "N" * PASTE}),
           request(2, "check", text="fear. " * (PASTE // 6)),
           request(3, "understand", text="fear " * (PASTE // 5), context={}),
           request(4, "chat.start", kind="debrief", account="Solo"),
           request(5, "search", query="fear " * (PASTE // 5)),
           b"{" + b" " * 17_000_000 + b"}",
           request(6, "system.info")]
    answers = rpc(store, *put)
    for answer, words in zip(answers, ("65536", "1 MiB", "1 MiB", None, None, "16 MiB", None)):
        if words:
            check(words in json.dumps(answer["error"]), f"no limit in {json.dumps(answer)[:300]}")
            check(answer["error"]["data"]["hint"], "no hint")
        check(len(json.dumps(answer)) < 100_000 or answer["id"] == 4, "an error repeats the paste")
    check("result" in answers[-1] and answers[-1]["id"] == 6, "the conversation does not go on")
    conversation = answers[3]["result"]["conversation"]
    answers = rpc(store, request(1, "chat.say", conversation=conversation, text="v" * PASTE), request(2, "chat.say", conversation=conversation, text="Go on."))
    check("64 KiB" in answers[0]["error"]["data"]["reason"] and "result" in answers[1], f"{json.dumps(answers)[:300]}")
    check(len(lines_said(store)) == 4, "a refused line is kept")


def rpc_requests(house):
    store = store_of(house, "rpc", "Solo")
    before = run("--store", store, "--json", "accounts")[1]
    bad = [  # Each gets one error: code, and words in it.
        (b"{bad", -32700, "JSON"), (b"\xff\xfe{}", -32700, ""), (b'{"jsonrpc":"2.0","id":1,"method":"caf\xe9"}', -32700, "UTF-8"),
        (b"[]", -32600, "empty"), (b"7", -32600, "object"), (b'""', -32600, "object"), (b"null", -32600, "object"), (b"{}", -32600, "jsonrpc"),
        (b"[" * 100_000, -32600, "deep"), (b'{"a":' * 100_000, -32600, "deep"), (b"[" * 100_000 + b"]" * 100_000, -32600, "deep"),
        (b'{"jsonrpc":"2.0","id":1,"method":"record.put","params":{"table":"account","fields":{"name":NaN}}}', -32700, "JSON"),
        (b'{"jsonrpc":"2.0","id":1,"method":"record.list","params":{"table":"account","limit":1e999}}', -32700, "JSON"),
        (b'{"jsonrpc":"2.0","id":1,"method":"record.put","params":{"table":"account","fields":{"name":"\\ud800"}}}', -32700, "surrogate"),
        (b'{"jsonrpc":"2.0","id":1,"method":"record.put","params":{"table":"account","fields":{"name":"\\udc00\\ud800"}}}', -32700, "surrogate"),
        (b'{"jsonrpc":"1.0","id":1,"method":"system.info"}', -32600, "jsonrpc"), (b'{"jsonrpc":"2.0","id":{},"method":"system.info"}', -32600, "id"),
        (b'{"jsonrpc":"2.0","id":1,"method":7}', -32600, "method"), (b'{"jsonrpc":"2.0","id":1,"method":"system.info","params":7}', -32600, "params"),
        (request(1, "no.such.method"), -32601, "no.such.method"),
        (request(1, "search", query="a", foo=1), -32602, "foo"), (request(1, "search"), -32602, "query"), (request(1, "search", query=7), -32602, "query"),
        (request(1, "record.put", table="account", fields={"name": "A", "nosuch": 1}), -32602, "nosuch"),
        (request(1, "record.put", table="account", fields={"name": 5}), -32602, "name"), (request(1, "record.put", table="account", fields={}), -32602, "name"),
        (request(1, "record.put", table="account", fields={"name": "A\x00B"}), -32602, "NUL"),
        (request(1, "record.put", table="sqlite_schema", fields={"name": "A"}), -32602, "sqlite_schema"),
        (request(1, "record.list", table="account", limit=-1), -32602, "limit"), (request(1, "record.list", table="account", limit=1.5), -32602, "limit"),
        (request(1, "record.list", table="account", limit=10 ** 30), -32602, "limit"),
        (request(1, "record.list", table="account", order="name; DROP TABLE x"), -32602, "order"),
        (request(1, "record.list", table="account", where={"name' OR 1=1 --": "x"}), -32602, ""),
        (request(1, "record.get", table="account", id="not-an-id"), -32602, "id"), (request(1, "chat.say", conversation="x", text="y"), -32602, "conversation"),
    ]
    answers = rpc(store, *(line for line, _, _ in bad), request(99, "system.info"))
    check(len(answers) == len(bad) + 1, f"{len(answers)} answers to {len(bad) + 1} lines")
    for (line, code, words), answer in zip(bad, answers):
        check("error" in answer, f"{line[:90]!r} is taken: {json.dumps(answer)[:200]}")
        check(code is None or answer["error"]["code"] == code, f"{line[:90]!r}: {json.dumps(answer)[:300]}")
        check(words in json.dumps(answer["error"]), f"{line[:90]!r} does not name '{words}': {json.dumps(answer)[:300]}")
        check(answer["error"]["data"].get("hint"), f"{line[:90]!r}: no hint")
    check("result" in answers[-1], "rpc does not go on")
    check(run("--store", store, "--json", "accounts")[1] == before, "a refused call has changed something")

    batch = b"[" + b",".join([request(1, "system.info"), b"7", request(2, "nope"), b'{"jsonrpc":"2.0","method":"system.info"}']) + b"]"
    answer, last = rpc(store, batch, request(3, "system.info"))
    check([one.get("id") for one in answer] == [1, None, 2] and last["id"] == 3, f"a batch: {answer}")
    check(rpc(store, b"[" + b",".join([b'{"jsonrpc":"2.0","method":"system.info"}'] * 3) + b"]") == [], "a batch of notifications is answered")
    # Of a key that stands twice, the last one counts; no half of the first may stay.
    rpc(store, b'{"jsonrpc":"2.0","id":1,"method":"record.put","params":{"table":"account","fields":{"name":"First","name":"Second"}}}')
    check("First" not in run("--store", store, "accounts")[1], "the first of two equal keys is kept")
    # An end in the middle of a line, with and without sense.
    code, out, _ = run("rpc", "--store", store, say=request(1, "record.put", table="account", fields={"name": "Cut"})[:-5])
    check(code == 0 and json.loads(out)["error"]["code"] == -32700 and "Cut" not in run("--store", store, "accounts")[1], f"a line cut off: {out}")


def interrupted(house):
    """Ctrl-C while the bot speaks: code 3 (or 0 if it was done), every line told to be kept is there, and the store is whole."""
    store = store_of(house, "interrupted", "Solo")
    for after in (0.0, 0.005, 0.02, 0.05, 0.1, 0.2):
        with subprocess.Popen([DEBRIEF, "--store", store, "--json", "chat", "Solo"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as chat:
            first = chat.stdout.readline()  # It has started.
            check(first, "chat says nothing")
            chat.stdin.write(f"They fear the switch, and {after} is why.\n".encode())
            chat.stdin.flush()
            time.sleep(after)
            chat.send_signal(signal.SIGINT)
            try:
                out, err = chat.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                chat.kill()
                raise
        check(chat.returncode == 3, f"Ctrl-C after {after} s: exit {chat.returncode} {err[-300:]}")
        told = [json.loads(line).get("text", "") for line in out.decode().splitlines()]
        kept = lines_said(store)
        check(len([line for line in kept if f"{after} is why" in line]) <= 1, "a line is kept twice")
        if any("is why" in line for line in told):
            check(any(f"{after} is why" in line for line in kept), "a line that was shown is lost")
    database = sqlite3.connect(os.path.join(store, "debrief.db"))
    check(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the store is damaged")
    database.close()
    answers = rpc(store, request(1, "chat.start", kind="debrief", account="Solo"))
    check(answers[0]["result"]["resumed"], "the conversation cannot be resumed")
    with subprocess.Popen([DEBRIEF, "--store", store, "rpc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as door:
        door.stdin.write(request(1, "record.put", table="account", fields={"name": "Shown"}) + b"\n")
        door.stdin.flush()
        while b'"id":1' not in (line := door.stdout.readline()):
            check(line, "rpc ended")
        door.send_signal(signal.SIGINT)
        door.communicate(timeout=15)
    check("Shown" in run("--store", store, "accounts")[1], "a record that was answered is lost")


def broken_stores(house):
    good = store_of(house, "good", "Solo")
    check(run("--store", good, "chat", "Solo", say=b"They fear the switch.\n")[0] == 0, "no chat")

    def copy(name):
        target = os.path.join(house.folder, name)
        shutil.copytree(good, target)
        os.chmod(target, 0o700)
        return target, os.path.join(target, "debrief.db")

    commands = (["status"], ["accounts"], ["chat", "Solo"], ["rpc"], ["add", "account", "X"], ["export"])
    for steps in (1, 1_000_000):
        newer, file = copy(f"newer{steps}")
        database = sqlite3.connect(file)
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute(f"PRAGMA user_version = {version + steps}")
        database.commit()
        check(database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, "no checkpoint")
        database.close()
        before = fingerprint(newer)["debrief.db"]
        for command in commands:
            refused(f"a newer store: {command}", 6, ["newer"], "--store", newer, *command)
            check(fingerprint(newer)["debrief.db"] == before, f"{command} has changed a newer store")
    size = os.path.getsize(os.path.join(good, "debrief.db"))
    for length in (0, 1, 15, 99, 100, 511, 4096, 5000, size // 2, size - 4096):
        cut, file = copy(f"cut{length}")
        os.truncate(file, length)
        before = fingerprint(cut)["debrief.db"]
        for command in commands[1:4]:
            refused(f"a store cut to {length} bytes: {command}", 6, ["store"], "--store", cut, *command)
        check(fingerprint(cut)["debrief.db"] == before, f"a store cut to {length} bytes was written to")
    for name, junk in (("noise", os.urandom(size)), ("words", b"This is no store.\n" * 500), ("zeros", bytes(size))):
        target, file = copy(name)
        with open(file, "wb") as out:
            out.write(junk)
        for command in commands[1:4]:
            refused(f"{name} for a store: {command}", 6, ["store"], "--store", target, *command)
        check(fingerprint(target)["debrief.db"] == hashlib.sha256(junk).hexdigest(), f"{name} were written to")
        code, out, _ = run("--store", target, "doctor")
        check(code != 0 and "FAILED" in out, f"doctor finds nothing in {name}: {out}")
    other, file = copy("other")
    os.remove(file)
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE recipes(name)")
    database.commit()
    database.close()
    os.chmod(file, 0o600)
    refused("another program's database", 6, ["not a Debrief store"], "--store", other, "accounts")
    os.remove(file)
    os.mkdir(file, 0o700)
    refused("a folder for a file", 6, [], "--store", other, "accounts")
    # A wrong mode of the folder and of the file.
    wide, file = copy("wide")
    os.chmod(wide, 0o755)
    refused("a folder that others read", 4, [f"chmod 700 '{wide}'"], "--store", wide, "accounts")
    os.chmod(wide, 0o700)
    os.chmod(file, 0o644)
    refused("a file that others read", 4, [f"chmod 600 '{file}'"], "--store", wide, "accounts")
    os.chmod(file, 0o600)
    check(run("--store", wide, "accounts")[0] == 0, "the advice does not help")
    os.chmod(wide, 0o755)
    refused("a server's folder that others read", 4, [f"chmod 700 '{wide}'"], "serve", "--data", wide, "--listen", "127.0.0.1:0")
    for path in ("/dev/null/x", "/proc/nowhere", file):
        refused(f"a store at {path}", 6, [], "--store", path, "init", "--workspace", "W", "--user", "U")


def full_disk(house):
    """A small disk, filled while a device is at work. Where none can be mounted, a limit on the size of files stands for it."""
    disk = os.path.join(house.folder, "disk")
    os.mkdir(disk, 0o700)
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "none", disk], capture_output=True).returncode == 0
    try:
        store = os.path.join(disk, "store")
        check(run("--store", store, "init", "--workspace", "W", "--user", "U")[0] == 0, "no store")
        check(run("--store", store, "add", "account", "Solo")[0] == 0, "no account")
        fill = os.path.join(disk, "fill")
        if mounted:
            device = house.device(os.path.join("disk", "store"))
            conversation = device.call("chat.start", kind="debrief", account="Solo")["conversation"]
            said = []
            with open(fill, "wb", buffering=0) as file:
                try:
                    while True:
                        file.write(bytes(65536))
                except OSError:
                    pass
        else:
            limit = os.path.getsize(os.path.join(store, "debrief.db")) + 100_000
            whole = subprocess.run([DEBRIEF, "--store", store, "chat", "Solo"], input=b"".join(b"%d " % i + b"x" * 20_000 + b"\n" for i in range(60)), capture_output=True,
                                   timeout=60, preexec_fn=lambda: (signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))))
            check(whole.returncode == 6 and b"next" in whole.stderr, f"a full disk: {whole.returncode} {whole.stderr[-300:]}")
            check(run("--store", store, "chat", "Solo", say=b"It goes on.\n")[0] == 0 and "It goes on." in lines_said(store), "it does not go on")
            return
        failed = None
        for i in range(200):
            try:
                device.call("chat.say", conversation=conversation, text=f"Line {i}: " + os.urandom(9000).hex())
                said.append(i)
            except Failed as failure:
                failed = failure
                break
        check(failed is not None, "the disk never gets full")
        check(failed.data.get("code") == "full" and "full" in failed.data["reason"] and failed.data["hint"], f"a full disk: {failed}")
        device.call("record.list", table="account")  # Reading goes on.
        for method, params in (("record.put", {"table": "account", "fields": {"name": "Too much" * 4000}}), ("import", {"format": "crm-csv", "text": "account\nX\n"})):
            try:
                device.call(method, **params)
            except Failed:
                pass
        refused("a new program on a full disk", 6, ["full"], "--store", os.path.join(disk, "another"), "init", "--workspace", "W", "--user", "U")
        device.kill()
        code, out, errors = run("--store", store, "accounts")
        check(code == 0 and "Solo" in out, f"a store on a full disk cannot be read: {code} {out} {errors}")
        check(run("--store", store, "search", "Solo")[0] == 0, "a store on a full disk cannot be searched")
        os.truncate(fill, 0)
        check([int(line.split()[1][:-1]) for line in lines_said(store) if line.startswith("Line")][:len(said)] == said, "a line that was kept is lost")
        with open(fill, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        refused("a full disk at the start", 6, ["full"], "--store", store, "chat", "Solo", say=b"Hello.\n")
        os.remove(fill)
        code, _, err = run("--store", store, "chat", "Solo", say=b"It goes on.\n")
        check(code == 0 and "It goes on." in lines_said(store), f"it does not go on: {code} {err}")
        database = sqlite3.connect(os.path.join(store, "debrief.db"))
        check(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the store is damaged")
        database.close()
    finally:
        if mounted:
            subprocess.run(["umount", "-l", disk], check=False)


def full_server(house):
    """The server's disk is full: a device keeps what it has, is told to wait, and is served once there is room."""
    disk = os.path.join(house.folder, "server-disk")
    os.mkdir(disk, 0o700)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "none", disk], capture_output=True).returncode != 0:
        return
    server = None
    try:
        server = Server(os.path.join(disk, "data"))
        house.running.append(server)
        server.admin("user", "add", "Ann", "--role", "rep")
        ann = house.joined(server, "Ann", "ann-full")
        ann.call("record.put", table="account", fields={"name": "Before"})
        check(ann.call("sync.once", timeout_s=10)["pushed"] == 1, "no sync")
        fill = os.path.join(disk, "fill")
        with open(fill, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                pass
        for i in range(40):
            ann.call("record.put", table="account", fields={"name": f"Meanwhile {i}", "note": os.urandom(30_000).hex()})
        try:
            ann.call("sync.once", timeout_s=3)
        except Failed:
            pass
        status = ann.call("sync.status")
        check(status["pending"] > 0 and status["parked"] == [], f"a full server: {status}")
        check(server.process.poll() is None, "the server has gone")
        os.remove(fill)
        subprocess.run(["mount", "-o", "remount,size=64m", disk], check=True)
        until = time.monotonic() + 25
        while ann.call("sync.status")["pending"] and time.monotonic() < until:
            try:
                ann.call("sync.once", timeout_s=5)
            except Failed:
                time.sleep(0.5)
        check(ann.call("sync.status")["pending"] == 0, "the device is not served once there is room")
        other = house.joined(server, "Ann", "ann-second")
        other.call("sync.once", timeout_s=10)
        check(len(other.call("record.list", table="account", limit=100)["records"]) == 41, "something was lost on the way")
        for one in (ann, other, server):
            one.close()
    finally:
        if server and server.process.poll() is None:
            server.kill()
        subprocess.run(["umount", "-l", disk], check=False)


def main():
    with House() as house:
        for part in (invitations, no_debrief_server, names, paste, rpc_requests, interrupted, broken_stores, full_disk, full_server):
            if len(sys.argv) > 1 and part.__name__ not in sys.argv[1:]:
                continue
            started = time.monotonic()
            part(house)
            print(f"{part.__name__}: {time.monotonic() - started:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
