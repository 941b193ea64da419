"""What `prior-art snapshot`, `restore` and `rebuild` do."""

from __future__ import annotations

import argparse
import contextlib

from assistant.accounts.errors import AccountError
from assistant.audit import Act
from assistant.commands.audited import done
from assistant.commands.common import show
from index.backup import SnapshotReport, snapshot
from index.rebuild import rebuild
from index.restoring import RestoreReport, restore


def run_snapshot(arguments: argparse.Namespace) -> int:
    """`prior-art snapshot`."""
    done(arguments, Act("snapshot"))
    report = snapshot(arguments.index, arguments.target, without=arguments.without)
    show(arguments, report.to_dict(), snapshot_lines(report))
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """`prior-art restore`."""
    with contextlib.suppress(AccountError):  # Damaged accounts are what a snapshot brings back.
        done(arguments, Act("restore"))
    report = restore(
        arguments.snapshot,
        arguments.index,
        force=arguments.force,
        replaced=arguments.replace,
        without=arguments.without,
    )
    done(arguments, Act("restore"))
    show(arguments, report.to_dict(), restore_lines(report))
    return 0


def run_rebuild(arguments: argparse.Namespace) -> int:
    """`prior-art rebuild`."""
    report = rebuild(arguments.index)
    line = (
        f"{report.passages} passages of {report.documents} documents: {report.words} word indexes "
        f"and {report.vectors} files of vectors made anew in {report.seconds:.1f} s"
    )
    show(arguments, report.to_dict(), [line, "start a running server again to have it use them"])
    return 0


def snapshot_lines(report: SnapshotReport) -> list[str]:
    """What a snapshot holds, for people."""
    with_ = f" with {', '.join(report.parts)}" if report.parts else ""
    return [
        f"{report.documents} documents ({report.passages} passages){with_}: "
        f"{report.bytes / 1e6:.1f} MB in {report.files} files, in {report.snapshot}"
    ]


def restore_lines(report: RestoreReport) -> list[str]:
    """What a restore did, for people."""
    lines = [
        f"{report.documents} documents ({report.passages} passages) as of {report.made}, in "
        f"{report.index}"
    ]
    if report.parts:
        lines.append(f"restored too: {', '.join(report.parts)}")
    if report.kept:
        lines.append(f"kept as they were in the index: {', '.join(report.kept)}")
    lines += [f"put aside, to be deleted when nobody needs it: {path}" for path in report.aside]
    if report.reopen:
        lines.append("start a running server again: it has the old files open")
    return lines
