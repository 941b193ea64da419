"""Take from this process, for good, what a reader never needs: writing, the network, much memory.

Limits of resources hold on every Unix. On Linux the kernel also refuses, to this process and to
all that it starts, every write outside one folder (Landlock, since 5.13) and every socket but
those inside the machine (seccomp). Elsewhere only Python's own sockets and files are refused.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
import sys

_OPEN_FILES = 256
_LARGEST_FILE = 16 << 30  # a week of an office's publications, unpacked, has about 1 GB
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # of prctl
# Source: include/uapi/linux/landlock.h. What each version of the interface can refuse: making,
# changing and removing files from the first, then moving (2), cutting off (3), devices (5).
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_WRITES = 0b1_1111_1111_0010
_WRITE_FILE, _MOVE, _CUT_OFF, _DEVICES = 1 << 1, 1 << 13, 1 << 14, 1 << 15
_TCP = 0b11  # binding and connecting, from the fourth
_OUTSIDE = 0b11  # abstract sockets and signals, from the sixth
# Source: include/uapi/linux/audit.h and the tables of system calls: socket, io_uring_setup.
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # EPERM
_OTHER_ABI = 0x40000000  # x32 calls on x86_64, which have other numbers
_INSIDE = 1  # AF_UNIX
_REFUSED = "a reader's process has no network"


def limit_memory(size: int) -> None:
    """Let this process have no more than so many bytes of address space."""
    _limit("RLIMIT_AS", size)


def confine(folder: str) -> tuple[str, ...]:
    """Refuse this process all writing outside a folder and all networks; there is no way back.

    To be called before threads start, which it would not reach. Gives the names of what holds:
    "limits" (no core files, few open files), "files" (Landlock), "network" (seccomp), "python".
    """
    held = ["limits"] if _limit("RLIMIT_CORE", 0) else []
    _limit("RLIMIT_NOFILE", _OPEN_FILES)
    _limit("RLIMIT_FSIZE", _LARGEST_FILE)
    sys.addaudithook(_no_network)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall.restype = ctypes.c_long
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            held += ["files"] if _refuse_writes(libc, folder) else []
            held += ["network"] if _refuse_sockets(libc) else []
    return (*held, "python")


def _limit(name: str, size: int) -> bool:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds there.
        return False
    with contextlib.suppress(ValueError, OSError):
        kind = getattr(resource, name)
        _, most = resource.getrlimit(kind)
        size = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.setrlimit(kind, (size, size))
        return True
    return False


def _no_network(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo"):
        raise PermissionError(_REFUSED)


def _refuse_writes(libc: ctypes.CDLL, folder: str) -> bool:
    """Whether the kernel refuses writing outside the folder from now on."""
    version = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    writes = _WRITES | (_MOVE if version >= 2 else 0) | (_CUT_OFF if version >= 3 else 0)
    writes |= _DEVICES if version >= 5 else 0
    wanted = struct.pack("<Q", writes)
    wanted += struct.pack("<Q", _TCP) if version >= 4 else b""
    wanted += struct.pack("<Q", _OUTSIDE) if version >= 6 else b""
    rules = libc.syscall(_CREATE_RULESET, wanted, ctypes.c_size_t(len(wanted)), 0)
    if rules < 0:
        return False
    try:
        allowed = ((folder, writes), (os.devnull, writes & (_WRITE_FILE | _CUT_OFF)))
        for path, rights in allowed:
            place = os.open(path, getattr(os, "O_PATH", os.O_RDONLY) | os.O_CLOEXEC)
            try:
                rule = struct.pack("<Qi", rights, place)
                if libc.syscall(_ADD_RULE, rules, 1, rule, 0):
                    return False
            finally:
                os.close(place)
        return bool(libc.syscall(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _refuse_sockets(libc: ctypes.CDLL) -> bool:
    """Whether the kernel gives this process no socket to any network from now on."""
    known = _CALLS.get(platform.machine())
    if known is None:
        return False
    machine, socket, ring = known
    load, equal, at_least, end = 0x20, 0x15, 0x35, 0x06
    program = (
        (load, 0, 0, 4),  # the machine whose calls these are
        (equal, 1, 0, machine),
        (end, 0, 0, _REFUSE),
        (load, 0, 0, 0),  # the call
        (at_least, 0, 1, _OTHER_ABI),
        (end, 0, 0, _REFUSE),
        (equal, 0, 1, ring),  # io_uring opens sockets by another way
        (end, 0, 0, _REFUSE),
        (equal, 0, 3, socket),
        (load, 0, 0, 16),  # its first argument, the family
        (equal, 1, 0, _INSIDE),
        (end, 0, 0, _REFUSE),
        (end, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in program))
    header = struct.pack("@HP", len(program), ctypes.addressof(code))
    return bool(libc.prctl(_SECCOMP, _FILTER, header, 0, 0) == 0)
