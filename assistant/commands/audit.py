"""What `prior-art audit` does."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable

from assistant.audit.log import AuditLog
from assistant.audit.query import Wanted
from assistant.audit.records import Access, Act
from assistant.audit.switch import audit_of, local_visitor
from assistant.commands.common import show
from assistant.errors import BadInput
from assistant.projects.names import shown
from index.catalog import Catalog
from index.errors import UnknownDocument
from index.manifest import MANIFEST_FILE, read_manifest


def run_audit_on(arguments: argparse.Namespace) -> int:
    """`prior-art audit on`."""
    read_manifest(arguments.index)
    log = AuditLog(arguments.index)
    log.create()
    number = log.add(local_visitor(), Act("audit_on"))
    value = {"folder": str(log.folder), "entry": number}
    show(arguments, value, [f"accesses are recorded in {log.folder}, from entry {number} on"])
    return 0


def run_audit_verify(arguments: argparse.Namespace) -> int:
    """`prior-art audit verify`."""
    verified = _log(arguments).verify(arguments.head, arguments.also)
    if verified.finding is None:
        lines = [f"whole: {verified.entries:,} entries are as they were written"]
        lines.append(f"head {verified.head}")
    else:
        at = f" at entry {verified.finding.entry}" if verified.finding.entry is not None else ""
        lines = [f"BROKEN{at} ({verified.finding.what}): {verified.finding.message}"]
    lines += [f"note: {notice}" for notice in verified.notices]
    show(arguments, verified.to_dict(), lines)
    return 0 if verified.ok else 1


def run_audit_list(arguments: argparse.Namespace) -> int:
    """`prior-art audit list`."""
    log = _log(arguments)
    _read_by_somebody(log)
    _stream(arguments, log.entries(_wanted(arguments, log, None)), {})
    return 0


def run_audit_document(arguments: argparse.Namespace) -> int:
    """`prior-art audit document`. A name that the library does not know is taken as an id."""
    log = _log(arguments)
    known = _id_of(arguments)
    document = known or arguments.name
    _read_by_somebody(log)
    entries = log.entries(_wanted(arguments, log, document))
    _stream(arguments, entries, {"document": document, "in_index": known is not None})
    return 0


def run_audit_rotate(arguments: argparse.Namespace) -> int:
    """`prior-art audit rotate`."""
    moved = _log(arguments).rotate(compress=arguments.compress, to=arguments.to)
    where = arguments.to or "place"
    lines = ["a new file is begun", *(f"{name} compressed in {where}" for name in moved)]
    show(arguments, {"files": moved}, lines)
    return 0


def run_audit_repair(arguments: argparse.Namespace) -> int:
    """`prior-art audit repair`."""
    number = _log(arguments).repair(local_visitor())
    line = f"the log goes on with entry {number}; what stood before is kept as it was found"
    show(arguments, {"entry": number}, [line])
    return 0


def _log(arguments: argparse.Namespace) -> AuditLog:
    log = audit_of(arguments.index)
    if log is None:
        raise BadInput(
            f"accesses to {arguments.index} are not recorded; begin with `prior-art audit on`"
        )
    return log


def _wanted(arguments: argparse.Namespace, log: AuditLog, document: str | None) -> Wanted:
    query = None
    if arguments.query is not None:
        query = log.query_hash(arguments.query)
        if query is None:
            raise BadInput("the log's key is gone: no text can be compared with its hashes")
    given = (arguments.who, arguments.since, arguments.until, arguments.action)
    return Wanted(document, *given, query)


def _id_of(arguments: argparse.Namespace) -> str | None:
    """The id of a document in the library; None where it has none of this name."""
    if not (arguments.index / MANIFEST_FILE).exists():
        return None
    catalog = Catalog(arguments.index)
    try:
        key = catalog.find(arguments.name)
        return catalog.facts([key])[key].id
    except UnknownDocument:
        return None
    finally:
        catalog.close()


def _read_by_somebody(log: AuditLog) -> None:
    """Who reads the log is in it too; whoever has only the right to read it changes nothing."""
    if os.access(log.folder, os.W_OK):
        log.add(local_visitor(), Act("audit_read"))


def _stream(
    arguments: argparse.Namespace, entries: Iterable[Access], head: dict[str, object]
) -> None:
    """Print accesses as they are read, so that a log of any length needs little memory."""
    if not arguments.json:
        for entry in entries:
            print(access_line(entry))
        return
    start = json.dumps({**head, "accesses": []}).removesuffix("]}")
    sys.stdout.write(start)
    for at, entry in enumerate(entries):
        sys.stdout.write((",\n" if at else "\n") + json.dumps(entry.to_dict()))
    print("]}")


def access_line(entry: Access) -> str:
    """One access on one line."""
    named = [f"{part} {' '.join(ids)}" for part, ids in entry.documents.items()]
    named += [f"{part} list {name[:16]}" for part, name in entry.listed.items()]
    name = shown(entry.name) or "nobody"
    who = f"{name} ({entry.role})" if entry.role else name
    about = shown(entry.about) if entry.about else None
    more = (
        ("from", entry.address), ("by", entry.how), ("count", entry.count), ("as", entry.format),
        ("page", entry.page), ("about", about), ("query", entry.query),
    )  # fmt: skip
    said = [f"{word} {value}" for word, value in more if value is not None]
    return "  ".join([f"{entry.number:>6}", entry.time[:19], who, entry.action, *said, *named])
