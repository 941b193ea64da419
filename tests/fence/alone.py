"""`python alone.py COUNTS COMMAND...`: runs it where no other host can be reached, and counts.

To be started by `unshare --user --map-root-user --net --mount`. Names are asked of an address
without a route, so that asking counts too. Written to COUNTS: packets and connections, of all
processes together, for which the kernel found no way.
"""

import fcntl
import os
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

GET, SET, UP = 0x8913, 0x8914, 1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP


def lost() -> int:
    """Of this network namespace, since it was made."""
    names, values = (
        line.split()[1:]
        for line in Path("/proc/net/snmp").read_text().splitlines()
        if line.startswith("Ip:")
    )
    six = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return int(values[names.index("OutNoRoutes")]) + int(six.get("Ip6OutNoRoutes", 0))


def main() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        name = struct.pack("16sh14x", b"lo", 0)
        (flags,) = struct.unpack("16xh14x", fcntl.ioctl(probe, GET, name))
        fcntl.ioctl(probe, SET, struct.pack("16sh14x", b"lo", flags | UP))
    with tempfile.NamedTemporaryFile("w", delete=False) as resolver:
        resolver.write("nameserver 192.0.2.53\n")
    subprocess.run(["mount", "--bind", resolver.name, "/etc/resolv.conf"], check=True)
    os.unlink(resolver.name)
    status = subprocess.run(sys.argv[2:], check=False).returncode
    Path(sys.argv[1]).write_text(str(lost()))
    return status


if __name__ == "__main__":
    sys.exit(main())
