#!/usr/bin/env python3
"""A device that waits to try again notices that the network has changed, and is back at once. Runs in a network namespace of
its own, where it may change addresses; without the right to make one it says so and does nothing."""
import fcntl
import os
import socket
import struct
import subprocess
import sys
import time

from house import House, check

SET_ADDRESS, SET_FLAGS = 0x8916, 0x8914  # SIOCSIFADDR, SIOCSIFFLAGS


def set_flags(interface, flags):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", interface, flags))


def add_address(interface, address):
    """Another address beside the first one: the kernel tells everybody who listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_ADDRESS, struct.pack("16sHH4s8x", interface, socket.AF_INET, 0, socket.inet_aton(address)))


def main():
    if "DEBRIEF_OWN_NETWORK" not in os.environ:
        probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False)
        if probe.returncode != 0:
            print("not run: no network namespace can be made here")
            return 0
        return subprocess.call(["unshare", "-rn", sys.executable, *sys.argv], env=dict(os.environ, DEBRIEF_OWN_NETWORK="1"))
    set_flags(b"lo", 0x1 | 0x8 | 0x40)  # Up, loopback, running.
    with House() as house:
        server = house.server()
        server.admin("user", "add", "Ann", "--role", "rep")
        device = house.joined(server, "Ann")
        device.call("sync.connect")
        device.wait("sync", lambda status: status["state"] == "caught_up")
        server.kill()
        device.wait("sync", lambda status: status["state"] == "offline")
        time.sleep(12)  # The waits between its tries grow to many seconds.
        server.start()
        add_address(b"lo:1", "127.0.0.9")
        started = time.monotonic()
        device.wait("sync", lambda status: status["state"] == "caught_up", 10)
        took = time.monotonic() - started
        check(took < 1, f"the device came back after {took:.1f} s")
        # A live link is probed, and goes on.
        add_address(b"lo:2", "127.0.0.10")
        time.sleep(6)
        check(device.call("sync.status")["state"] == "caught_up", "a live link was given up")
        check(device.close() == 0 and server.close() == 0, "they do not end well")
    print(f"back {took:.2f} s after the network had changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
