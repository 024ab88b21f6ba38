"""A server and devices as real processes, for the end-to-end tests. Loopback only, bounded in time."""
import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

DEBRIEF = os.environ.get("DEBRIEF") or os.path.join(os.path.dirname(__file__), "../../build/debug/platform/debrief")
LIMIT = 30  # Seconds that any single answer may take.


class Failed(Exception):
    """An answer with an error: code, message, data."""

    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.code, self.data = error.get("code"), error.get("data") or {}


class Device:
    """`debrief rpc` on one store. `notifications` collects what it tells unasked."""

    def __init__(self, store, *options):
        self.store, self.options = store, options
        self.start()

    def start(self):
        self.process = subprocess.Popen([DEBRIEF, "rpc", "--store", self.store, *self.options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
        self.answers, self.notifications, self.last_id = queue.Queue(), queue.Queue(), 0
        # Each process has queues of its own: the reader of one that was killed must not speak into its successor's.
        threading.Thread(target=self._read, args=(self.process, self.answers, self.notifications), daemon=True).start()
        self.errors = []
        threading.Thread(target=self._read_errors, args=(self.process,), daemon=True).start()

    @staticmethod
    def _read(process, answers, notifications):
        for line in process.stdout:
            said = json.loads(line)
            (answers if "id" in said else notifications).put(said)
        answers.put(None)

    def _read_errors(self, process):
        for line in process.stderr:
            self.errors.append(line)

    def send(self, method, **params):
        self.last_id += 1
        self.process.stdin.write(json.dumps({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}) + "\n")
        self.process.stdin.flush()
        return self.last_id

    def call(self, method, **params):
        wanted = self.send(method, **params)
        while True:
            said = self.answers.get(timeout=LIMIT)
            if said is None:
                raise RuntimeError("the device has gone: " + "".join(self.errors[-5:]))
            if said["id"] != wanted:
                continue
            if "error" in said:
                raise Failed(said["error"])
            return said["result"]

    def wait(self, method, condition, seconds=LIMIT):
        """The params of the first notification of this method that fulfils the condition."""
        until = time.monotonic() + seconds
        while True:
            said = self.notifications.get(timeout=max(0.01, until - time.monotonic()))
            if said["method"] == method and condition(said["params"]):
                return said["params"]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError("the device did not end with its input")
        return self.process.returncode


class Server:
    """`debrief serve` on a free port; started again it keeps that port."""

    def __init__(self, data, *options):
        self.data, self.port, self.options = data, 0, options
        self.start()

    def start(self):
        for _ in range(50):
            words = [DEBRIEF, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", *self.options]
            self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            line = self.process.stdout.readline()
            found = re.search(r"https?://127\.0\.0\.1:(\d+)", line)
            if found:
                self.port = int(found.group(1))
                return
            self.process.wait()
            time.sleep(0.1)
        raise RuntimeError("the server does not start")

    def admin(self, *words):
        done = subprocess.run([DEBRIEF, "admin", "--data", self.data, *words], capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"admin {words}: {done.returncode} {done.stderr}")
        return done.stdout.strip()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def close(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=20)
        return self.process.returncode


class House:
    """A temporary folder with a server and devices; everything is ended and removed at the end."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="debrief-e2e-")
        self.running = []
        return self

    def server(self, *options):
        server = Server(os.path.join(self.folder, "server"), *options)
        self.running.append(server)
        return server

    def device(self, name, *options):
        device = Device(os.path.join(self.folder, name), *options)
        self.running.append(device)
        return device

    def joined(self, server, user, name=None, *options):
        device = self.device(name or user, *options)
        device.call("sync.join", invitation=server.admin("invite", user))
        return device

    def __exit__(self, *problem):
        for one in self.running:
            if one.process.poll() is None:
                one.kill()
        if problem[0] is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print("kept for a look:", self.folder, file=sys.stderr)


def refused(asker, method, **params):
    """The data of the error that a call must give."""
    try:
        said = asker.call(method, **params)
    except Failed as failed:
        return failed.data
    raise AssertionError(f"{method} {params} was done: {said}")


def check(condition, words):
    if not condition:
        raise AssertionError(words)
