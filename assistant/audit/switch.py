"""Whether an index is audited, and who is written down where nobody signs in."""

from __future__ import annotations

import getpass
from pathlib import Path

from assistant.accounts import Accounts
from assistant.accounts.records import local_identity
from assistant.audit.files import FOLDER
from assistant.audit.log import AuditLog
from assistant.audit.records import Visitor


def audit_of(index: Path, *, required: bool = False) -> AuditLog | None:
    """The audit log of an index; None where accesses are not recorded.

    They are as soon as the folder `audit` is there, and always where there are accounts: then the
    folder is made again. required: logins are on although nobody has an account yet. Raises
    AuditNotWritten, AccountsBroken.
    """
    log = AuditLog(index)
    if required or (not log.folder.is_dir() and _logins(index)):
        log.create()
    return log if (Path(index) / FOLDER).is_dir() else None


def _logins(index: Path) -> bool:
    with Accounts(index) as accounts:
        return accounts.exist()


def local_visitor() -> Visitor:
    """Whoever runs a command: the user of the operating system."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # An account without a name, as in a container.
        name = "unknown"
    return Visitor.of(local_identity(name))
