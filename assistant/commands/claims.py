"""The command `claim`: the limitations of a claim as a list to edit."""

from __future__ import annotations

import argparse
import sys

from assistant.audit import saw, unrecorded
from assistant.claims import limitation_lines
from assistant.commands.charts import claim_of_arguments
from assistant.commands.common import open_assistant, show


def run_claim(arguments: argparse.Namespace) -> int:
    """`prior-art claim`. Notices go to stderr, so that the list can be sent to a file."""
    assistant = open_assistant(arguments)
    claim = claim_of_arguments(unrecorded(assistant), arguments)
    saw(assistant, "claim", claim)
    if not arguments.json:
        for notice in claim.notices:
            print(f"prior-art: {notice}", file=sys.stderr)
    show(arguments, claim.to_dict(), [limitation_lines(claim)])
    return 0
