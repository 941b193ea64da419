"""What can be typed after `prior-art serve`."""

from __future__ import annotations

import argparse

from assistant.arguments.common import add_generator, command
from assistant.generate import GeneratorSettings
from assistant.options import ServeOptions
from index.profiles import reranker_name


def add_serve(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; what it does lies above this package."""
    text = "start the web app; ingests the sample portfolio where there is no index yet"
    parser = command(subparsers, "serve", text, None)
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address (default 127.0.0.1); another one only with logins",
    )
    parser.add_argument("--port", type=int, default=7860, help="port (default 7860)")
    parser.add_argument(
        "--no-sample", action="store_true", help="do not ingest the sample portfolio"
    )
    parser.add_argument(
        "--logins",
        action="store_true",
        help="people must sign in; without an account yet, a set-up token is shown here",
    )
    parser.add_argument(
        "--allowed-host",
        action="append",
        metavar="NAME",
        help="a name, besides localhost and --host, that browsers open the app by",
    )
    parser.add_argument(
        "--trusted-proxy",
        action="append",
        metavar="ADDRESS[/NET]",
        help="a reverse proxy whose X-Forwarded-For and X-Forwarded-Proto count",
    )
    parser.add_argument(
        "--proxy-user-header",
        metavar="NAME",
        help="header in which --trusted-proxy names the user: single sign-on (docs/logins.md)",
    )
    add_generator(parser)


def serve_options(arguments: argparse.Namespace) -> ServeOptions:
    """What was typed, for the web app."""
    return ServeOptions(
        index=arguments.index,
        encoder=arguments.encoder,
        reranker=reranker_name(arguments.encoder, arguments.reranker),
        host=arguments.host,
        port=arguments.port,
        sample=not arguments.no_sample,
        generator=GeneratorSettings(
            arguments.generator, arguments.generator_model, arguments.support
        ),
        logins=arguments.logins,
        allowed_hosts=tuple(arguments.allowed_host or ()),
        trusted_proxies=tuple(arguments.trusted_proxy or ()),
        user_header=arguments.proxy_user_header,
    )
