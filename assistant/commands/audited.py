"""Who runs a command is written down before it shows or changes anything, if the index is audited.

Every function raises AuditNotWritten where the log cannot be written: then nothing is shown.
"""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager

from assistant.audit import Act, Recorder, audit_of, local_visitor
from assistant.audit.changes import changes


def shown(arguments: argparse.Namespace, action: str, value: object) -> None:
    """Documents of a value are about to be shown, of which no assistant knows."""
    log = audit_of(arguments.index)
    if log is not None:
        Recorder(log, local_visitor()).saw(Act(action), value)


def done(arguments: argparse.Namespace, act: Act, *, logins: bool = False) -> None:
    """Something is about to be done. logins: whether it turns logins on, and so the log."""
    log = audit_of(arguments.index, required=logins)
    if log is not None:
        log.add(local_visitor(), act)


def changing(arguments: argparse.Namespace, action: str) -> AbstractContextManager[None]:
    """Around what adds, removes or relabels documents: what came of it is written down."""
    return changes(audit_of(arguments.index), local_visitor(), arguments.index, action)
