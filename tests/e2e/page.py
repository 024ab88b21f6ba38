"""A page of `debrief open`, and a browser's view of files, in the standard library alone. Loopback only, bounded in time."""
import http.client
import json
import os
import re
import signal
import subprocess
import time

from house import DEBRIEF, Failed
from raw_client import Closed, RawClient

LIMIT = 20  # Seconds that any single answer may take.


def fetch(port, path, method="GET", host=None, tls=None, **headers):
    """(status, headers in lower case, body). The path goes out as it is."""
    if tls:
        link = http.client.HTTPSConnection("127.0.0.1", port, timeout=LIMIT, context=tls)
    else:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        link.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        link.putheader("Host", host or f"127.0.0.1:{port}")
        for name, value in headers.items():
            link.putheader(name.replace("_", "-"), value)
        link.endheaders()
        answer = link.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        link.close()


def make_app(folder, **more):
    """A small app as a bundler leaves it. Returns the folder."""
    files = {"index.html": "<!doctype html>\n<html><head><title>Debrief</title></head><body>app</body></html>\n",
             "assets/index-B2x9_aQ7.js": "console.log('app');\n" * 50, "assets/index-C0ffee12.css": "body { margin: 0 }\n",
             "assets/core-1a2B3c4D.wasm": "\0asm", "sw.js": "// worker\n", "manifest.webmanifest": "{}",
             "icon-512x512.png": "png", ".hidden": "no", **more}
    for name, text in files.items():
        place = os.path.join(folder, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
    return folder


class Page(RawClient):
    """A tab. With `secret` it comes in at once; without, it is a socket that has said nothing."""

    def __init__(self, port, secret=None, origin="http://{host}", host=None, **options):
        host = host or f"127.0.0.1:{port}"
        header = "" if origin is None else f"Origin: {origin.format(host=host)}\r\n"
        super().__init__(port, protocol=None, headers=header, path=options.pop("path", "/rpc"), host=host, **options)
        self.last_id, self.notifications = 0, []
        if secret is not None:
            self.entered = self.call("page.enter", secret=secret)

    def ask(self, method, **params):
        self.last_id += 1
        self.send(jsonrpc="2.0", id=self.last_id, method=method, params=params)
        return self.last_id

    def answer_to(self, wanted):
        while True:
            said = self.read()
            if "id" not in said:
                self.notifications.append(said)
            elif said["id"] == wanted:
                if "error" in said:
                    raise Failed(said["error"])
                return said["result"]

    def call(self, method, **params):
        return self.answer_to(self.ask(method, **params))

    def wait(self, method, condition=lambda params: True, seconds=LIMIT):
        """The params of the first notification of this method that fulfils the condition."""
        self.socket.settimeout(seconds)
        while True:
            for said in self.notifications:
                if said["method"] == method and condition(said["params"]):
                    return said["params"]
            self.notifications.clear()
            self.notifications.append(self.read())

    def closed_with(self):
        """Reads until the end: its code, or None where the connection just went."""
        try:
            while True:
                self.read()
        except Closed as end:
            return end.code


class Opened:
    """`debrief open` on a store; its secret and its port. `end_all` ends those that a failed test left behind."""
    running = []

    def __init__(self, store, *options, environment=None, errors=subprocess.PIPE, **process):
        self.store = store
        self.process = subprocess.Popen([DEBRIEF, "open", "--store", store, *options], stdout=subprocess.PIPE, stderr=errors,
                                        text=True, env=environment, **process)
        Opened.running.append(self)
        self.said = []
        while not self.said or "http://" not in self.said[-1]:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("debrief open does not open: " + (self.process.stderr.read() if errors else ""))
            self.said.append(line)
        self.url = re.search(r"http://\S+", self.said[-1]).group()
        self.port, self.secret = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#secret=(\S+)", self.url).groups()
        self.port = int(self.port)

    def page(self, **options):
        return Page(self.port, self.secret, **options)

    def end(self, number=signal.SIGINT):
        """(exit code, seconds that it took, what it said on standard error)."""
        began = time.monotonic()
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=LIMIT)
        return self.process.returncode, time.monotonic() - began, errors

    def kill(self):
        self.process.kill()
        self.process.wait()

    @classmethod
    def end_all(cls):
        for one in cls.running:
            if one.process.poll() is None:
                one.kill()
