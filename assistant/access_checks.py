"""Checks for `doctor`: who may get in, and whether what they see is written down."""

from __future__ import annotations

from pathlib import Path

from assistant.accounts import Accounts
from assistant.accounts.errors import AccountError
from assistant.audit.errors import AuditBusy, AuditError
from assistant.audit.log import AuditLog
from assistant.checks import FAIL, OK, WARN, Check


def access_checks(folder: Path) -> tuple[Check, Check]:
    """The accounts of an index, and its audit log. Makes neither."""
    logins, accounts = _accounts(folder)
    return accounts, _audit(folder, logins)


def _accounts(folder: Path) -> tuple[bool, Check]:
    """Whether logins are on, and the check."""
    remedy = (
        f"until it is mended nobody gets in: `prior-art --index {folder} restore SNAPSHOT` brings "
        "the accounts of a snapshot back"
    )
    with Accounts(folder) as accounts:
        if problems := accounts.check():
            more = f"; and {len(problems) - 1} more" if len(problems) > 1 else ""
            return True, Check("accounts", FAIL, f"{problems[0]}{more}", remedy)
        try:
            count = len(accounts.list())
        except AccountError as error:
            return True, Check("accounts", FAIL, str(error), remedy)
    if not count:
        detail = "no accounts: nobody signs in, and the web app is for this machine only"
        return False, Check("accounts", OK, detail)
    return True, Check("accounts", OK, f"{count} accounts")


def _audit(folder: Path, logins: bool) -> Check:
    log = AuditLog(folder)
    on = f"`prior-art --index {folder} audit on` begins"
    if not log.folder.is_dir():
        if logins:
            return Check("audit", WARN, "logins are on, and there is no audit log yet", on)
        return Check("audit", OK, f"accesses are not recorded; {on}")
    try:
        verified = log.verify()
    except AuditBusy as error:
        return Check("audit", WARN, str(error), "try again")
    except (AuditError, OSError) as error:
        return Check("audit", FAIL, str(error), f"give {log.folder} back to its owner")
    if verified.finding is None:
        return Check("audit", OK, f"{verified.entries:,} entries, every byte checked")
    remedy = f"restore {log.folder} from a backup, or run `prior-art --index {folder} audit repair`"
    return Check("audit", FAIL, verified.finding.message, remedy)
