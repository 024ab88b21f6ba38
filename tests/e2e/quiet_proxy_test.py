#!/usr/bin/env python3
"""Networks that lose a connection without a word. A proxy of our own that closes what is idle for some seconds, or swallows
everything from one moment on: idle sessions stay, dead ones are noticed on both sides in time. Loopback only."""
import os
import selectors
import socket
import sys
import threading
import time
import urllib.request

from house import House, check

IDLE = 30           # Seconds after which a proxy closes what is quiet.
SHOWN, NOTICED = 30, 60  # A person sees a dead link, a server a dead device, within so many seconds.
MINUTES = float(os.environ.get("DEBRIEF_IDLE_MINUTES", "1"))


class QuietProxy:
    """Passes bytes on; closes a pair that is idle for IDLE seconds; with `swallow` it keeps all open and passes nothing."""

    def __init__(self, port):
        self.to, self.swallow, self.idle_closed, self.longest = port, False, 0, 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            peer, _ = self.listener.accept()
            threading.Thread(target=self._carry, args=(peer,), daemon=True).start()

    def _carry(self, peer):
        with peer, socket.create_connection(("127.0.0.1", self.to)) as server, selectors.DefaultSelector() as waiting:
            waiting.register(peer, selectors.EVENT_READ, server)
            waiting.register(server, selectors.EVENT_READ, peer)
            heard = time.monotonic()
            while True:
                ready = waiting.select(0.2)
                quiet = time.monotonic() - heard
                if not self.swallow and quiet > IDLE:
                    self.idle_closed += 1
                    return
                if self.swallow or not ready:
                    if self.swallow:
                        time.sleep(0.2)
                    continue
                self.longest = max(self.longest, quiet)
                heard = time.monotonic()
                for key, _ in ready:
                    got = key.fileobj.recv(65536)
                    if not got:
                        return
                    key.data.sendall(got)


def sessions(port):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return next(int(line.split()[1]) for line in answer.read().decode().splitlines() if line.startswith("debrief_sessions "))


def main():
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ann", "--role", "rep")
        proxy = QuietProxy(server.port)
        device = house.device("ann")
        invitation = server.admin("invite", "Ann").replace(f":{server.port}/", f":{proxy.port}/")
        device.call("sync.join", invitation=invitation)
        device.call("sync.connect")
        device.wait("sync", lambda status: status["state"] == "caught_up")
        before = sessions(server.port)
        time.sleep(60 * MINUTES)
        check(proxy.idle_closed == 0, f"{proxy.idle_closed} connections were idle for {IDLE} s")
        check(device.call("sync.status")["state"] == "caught_up", "an idle link was lost")

        proxy.swallow = True
        started = time.monotonic()
        device.wait("sync", lambda status: status["state"] == "offline", SHOWN + 10)
        shown = time.monotonic() - started
        check(shown <= SHOWN + 1, f"a dead link was shown after {shown:.0f} s")
        while sessions(server.port) >= before and time.monotonic() - started < NOTICED + 10:
            time.sleep(0.5)
        noticed = time.monotonic() - started
        check(noticed <= NOTICED + 1, f"the server held a dead session for {noticed:.0f} s")
        problem = device.call("sync.status")["detail"]
        proxy.swallow = False
        device.call("sync.once")
    print(f"idle for {MINUTES:g} min without a loss (longest silence {proxy.longest:.0f} s); dead: shown after {shown:.0f} s "
          f"({problem}), noticed by the server after {noticed:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
