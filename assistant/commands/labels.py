"""What `prior-art label` does."""

from __future__ import annotations

import argparse
from collections import Counter

from assistant.audit import Act, unrecorded
from assistant.commands.audited import changing, done
from assistant.commands.common import encoder_of, open_assistant, show
from assistant.projects.forget import forget_documents
from index.clearance import UNLABELLED
from index.errors import BadLabel
from index.folder_rules import FolderRules, folder_rules, label_folder
from index.labels import label_documents


def run_list(arguments: argparse.Namespace) -> int:
    """`prior-art label list`."""
    # How many documents have a label tells of none of them.
    documents = unrecorded(open_assistant(arguments)).documents()
    counts = Counter(facts.label for facts in documents)
    rules = folder_rules(arguments.index)
    labels = sorted(counts.items(), key=lambda one: (one[0] is None, one[0] or ""))
    value = {
        "labels": [{"label": label, "documents": count} for label, count in labels],
        "folders": _rules(rules),
    }
    lines = [f"{label or UNLABELLED}  {count:,} documents" for label, count in labels]
    show(arguments, value, [*lines, *_rule_lines(rules)])
    return 0


def run_set(arguments: argparse.Namespace) -> int:
    """`prior-art label set`."""
    return _labelled(arguments, arguments.label)


def run_clear(arguments: argparse.Namespace) -> int:
    """`prior-art label clear`."""
    return _labelled(arguments, None)


def run_folder(arguments: argparse.Namespace) -> int:
    """`prior-art label folder`."""
    done(arguments, Act("relabel"))
    rules = label_folder(arguments.index, arguments.path, arguments.label)
    show(arguments, {"folders": _rules(rules)}, [*_rule_lines(rules), _NEXT])
    return 0


def run_unfolder(arguments: argparse.Namespace) -> int:
    """`prior-art label unfolder`."""
    before = folder_rules(arguments.index)
    done(arguments, Act("relabel"))
    rules = label_folder(arguments.index, arguments.path, None)
    if rules == before:
        raise BadLabel(f"{arguments.path} has no rule; `prior-art label list` shows all of them")
    show(arguments, {"folders": _rules(rules)}, [*_rule_lines(rules), _NEXT])
    return 0


_NEXT = "documents have it from the next `prior-art ingest` of their folder on"


def _labelled(arguments: argparse.Namespace, label: str | None) -> int:
    with changing(arguments, "relabel"):
        ids = label_documents(arguments.index, arguments.names, label, encoder_of(arguments))
    # Records of earlier releases hold text, which must not stay where the label is another now.
    forget_documents(arguments.index, ())
    value = {"label": label, "documents": ids}
    show(arguments, value, [f"{one}  {label or UNLABELLED}" for one in ids])
    return 0


def _rules(rules: FolderRules) -> list[dict[str, str]]:
    return [{"path": rule.path, "label": rule.label} for rule in rules.folders]


def _rule_lines(rules: FolderRules) -> list[str]:
    return [f"folder {rule.path}: {rule.label}" for rule in rules.folders]
