"""The command `claim`."""

from __future__ import annotations

import argparse

from assistant.arguments.charts import add_claim
from assistant.arguments.common import command
from assistant.commands import claims


def add_claim_command(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`claim`."""
    text = "the limitations of a claim as a list to edit, for `chart --limitations`"
    parser = command(subparsers, "claim", text, claims.run_claim)
    add_claim(parser)
