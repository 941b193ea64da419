"""The command line `prior-art`: runs one command, and what the exit status says.

0 done; 1 a stated error; 2 wrong usage; 3 `ingest --strict` with something rejected;
130 stopped with Ctrl-C. What can be typed is in assistant.arguments, what it does
in assistant.commands.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from assistant.arguments import CLEARED, parser
from assistant.arguments.serve import serve_options
from assistant.errors import AssistantError, BadInput
from assistant.generate import GeneratorSettings
from assistant.offline import stay_offline
from assistant.options import ServeOptions
from assistant.outward import hosts_of
from index.errors import LibraryError
from ingest.errors import IngestError
from ingest.text import clean

Serve = Callable[[ServeOptions], int]


def main(argv: Sequence[str] | None, serve: Serve) -> int:
    """Run one command; its exit status. serve: starts the web app, which lies above us."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Document text has characters that some terminals cannot show.
            stream.reconfigure(errors="backslashreplace")
    arguments = parser().parse_args(argv)
    for name, value in vars(arguments).items():
        if isinstance(value, str):
            # Bytes that are not UTF-8 arrive as lone surrogates, which no store can hold.
            setattr(arguments, name, clean(value))
        elif isinstance(value, list):
            setattr(arguments, name, [clean(v) if isinstance(v, str) else v for v in value])
    stay_offline(*hosts_of(GeneratorSettings(getattr(arguments, "generator", ""))))
    try:
        _check_clearance(arguments)
        if arguments.command == "serve":
            return serve(serve_options(arguments))
        return int(arguments.run(arguments))
    except (LibraryError, AssistantError, IngestError) as error:
        print(f"prior-art: {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("prior-art: stopped; the index is usable, run again to go on", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"prior-art: the system refuses: {error.strerror or error}{where}", file=sys.stderr)
        return 1


def _check_clearance(arguments: argparse.Namespace) -> None:
    """Refuse a clearance where it would not be kept to."""
    if arguments.cleared_for is not None and arguments.command not in CLEARED:
        raise BadInput(
            f"`{arguments.command}` works on the whole index, whatever somebody may see; leave "
            "--cleared-for and $PRIOR_ART_CLEARANCE out"
        )
