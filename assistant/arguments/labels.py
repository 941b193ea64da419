"""Arguments of `prior-art label`."""

from __future__ import annotations

import argparse

from assistant.arguments.common import command, path_of, text_of
from assistant.commands import labels


def add_label(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and what it can do."""
    text = "confidentiality labels: of documents, and rules for folders"
    parser = command(subparsers, "label", text, None)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    command(actions, "list", "labels with their documents, and the folders' rules", labels.run_list)

    text = "give documents a label, which stays when their files change"
    one = command(actions, "set", text, labels.run_set)
    one.add_argument("label", metavar="LABEL", type=text_of)
    one.add_argument("names", metavar="NUMBER_OR_ID", nargs="+", type=text_of)

    one = command(actions, "clear", "take the labels of documents away", labels.run_clear)
    one.add_argument("names", metavar="NUMBER_OR_ID", nargs="+", type=text_of)

    text = "label what an ingest finds in a folder and has no label of its own"
    one = command(actions, "folder", text, labels.run_folder)
    one.add_argument("label", metavar="LABEL", type=text_of)
    one.add_argument("path", metavar="FOLDER", type=path_of)

    one = command(actions, "unfolder", "take a folder's rule away", labels.run_unfolder)
    one.add_argument("path", metavar="FOLDER", type=path_of)
