"""A TCP proxy that misbehaves as real networks do. What it does with each connection is drawn from one seed, or set by
the test. Loopback only. The kinds are those of Toxiproxy: latency, down, bandwidth, slow close, stall, reset, slicer,
limit of bytes."""
import random
import socket
import struct
import threading
import time

KINDS = ("fair", "slice", "delay", "cut", "reset", "stall", "trickle")
# For tests that ask for them: `bytewise` sends each byte by itself; `mobile` is a line with two seconds of latency, give or take
# one, 32 kbit/s, and one chance in twenty at each piece that it is reset.
SLOW_KINDS = ("bytewise", "mobile")
MOBILE_RATE = 4000  # Bytes a second.


class Plan:
    """What happens to one connection. `limit` counts bytes of both directions together."""

    def __init__(self, kind, limit=None, direction=None, pause=0.0):
        self.kind, self.limit, self.direction, self.pause = kind, limit, direction, pause
        self.passed = 0


class Proxy:
    """Listens on `port`, forwards to `target`. `plan` is asked for each connection; without one all are fair."""

    def __init__(self, target, seed=1, kinds=("fair",)):
        self.target, self.kinds, self.chance = target, kinds, random.Random(seed)
        self.lock, self.open, self.met = threading.Lock(), set(), {}
        self.forced, self.down = None, False
        self.passed = 0  # Bytes of all connections, both ways.
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def of(self, url):
        """An invitation as it looks through this proxy."""
        return url.replace(f":{self.target}/", f":{self.port}/")

    def next(self, kind, limit=None):
        """The connections from now on are treated so."""
        self.forced = (kind, limit)

    def heal(self):
        """From now on a good network; what is under way is cut."""
        self.kinds, self.forced, self.down = ("fair",), None, False
        self.cut()

    def cut(self):
        with self.lock:
            doomed, self.open = self.open, set()
        for one in doomed:
            _close(one)

    def close(self):
        self.down = True
        _close(self.listener)
        self.cut()

    def _plan(self):
        if self.forced:
            return Plan(*self.forced)
        kind = self.chance.choice(self.kinds)
        limit = self.chance.randrange(1, 12_000) if kind in ("cut", "reset", "stall") else None
        return Plan(kind, limit, self.chance.choice(("up", "down", "both")), self.chance.random() * 0.03)

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.down:
                _close(near)
                continue
            threading.Thread(target=self._serve, args=(near, self._plan()), daemon=True).start()

    def _serve(self, near, plan):
        with self.lock:
            self.met[plan.kind] = self.met.get(plan.kind, 0) + 1
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            return _close(near)
        far.settimeout(None)
        for one in (near, far):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.open |= {near, far}
        both = [threading.Thread(target=self._pipe, args=(*ends, plan, way), daemon=True)
                for way, ends in (("up", (near, far)), ("down", (far, near)))]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        with self.lock:
            self.open -= {near, far}
        _close(near)
        _close(far)

    def _pipe(self, source, sink, plan, way):
        try:
            while data := source.recv(65536):
                if plan.kind == "delay":
                    time.sleep(plan.pause)
                if plan.limit is not None and plan.passed + len(data) >= plan.limit:
                    sink.sendall(data[:max(0, plan.limit - plan.passed)])
                    plan.passed = plan.limit
                    return self._break(source, sink, plan, way)
                plan.passed += len(data)
                self.passed += len(data)
                if plan.kind == "mobile":
                    time.sleep(1 + 2 * self.chance.random())
                    if self.chance.random() < 0.05:
                        plan.kind = "reset"
                        return self._break(source, sink, plan, way)
                    for at in range(0, len(data), MOBILE_RATE // 10):
                        sink.sendall(data[at:at + MOBILE_RATE // 10])
                        time.sleep(0.1)
                elif plan.kind == "bytewise":
                    for at in range(len(data)):
                        sink.sendall(data[at:at + 1])
                elif plan.kind in ("slice", "trickle"):
                    for at in range(0, len(data), 3):
                        sink.sendall(data[at:at + 3])
                        if plan.kind == "trickle":
                            time.sleep(0.0005)
                else:
                    sink.sendall(data)
        except OSError:
            pass
        for one in (source, sink):
            _close(one)

    def _break(self, source, sink, plan, way):
        if plan.kind == "stall":  # Half open: nothing arrives any more, and nobody says so.
            if plan.direction in (way, "both", None):
                time.sleep(3)
        if plan.kind == "reset":
            for one in (source, sink):
                try:
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                except OSError:
                    pass
        for one in (source, sink):
            _close(one)


def _close(one):
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    try:
        one.close()
    except OSError:
        pass
