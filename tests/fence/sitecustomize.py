"""Writes down, and refuses, what a Python process and its children want of other hosts.

Imported by every Python whose PYTHONPATH has this folder; does nothing unless FENCE_LOG is set.
FENCE_LEAVE: one name that is let pass, and written down, for others to refuse.
"""

import ipaddress
import os
import sys

LOG, LEAVE = os.environ.get("FENCE_LOG"), os.environ.get("FENCE_LEAVE")
CONNECTS = ("socket.connect", "socket.sendto", "socket.sendmsg")
LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
STARTS = ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system")


# Opened at once: a reader's process soon cannot write where it likes.
FILE = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if LOG else -1


def say(what: str, detail: object) -> None:
    """One line, written at once and whole."""
    line = f"{what} {detail}".encode("utf-8", "backslashreplace").replace(b"\n", b" ")[:500]
    os.write(FILE, line + b"\n")


def is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host in ("", "localhost")


def watch(event: str, arguments: tuple) -> None:
    if event in CONNECTS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in LOOKUPS:
        host = arguments[0]
    else:
        if event in STARTS:
            say("ran", os.path.basename(os.fsdecode(arguments[0])))
        return
    name = os.fsdecode(host) if isinstance(host, str | bytes) else ""
    if is_here(name):
        return
    if name == LEAVE:
        say("left", f"{event} {name}")
        return
    say("refused", f"{event} {name}")
    raise PermissionError(f"the fence refuses {event} {name}")


if LOG:
    say("started", " ".join(sys.orig_argv))
    sys.addaudithook(watch)
