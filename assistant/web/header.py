"""The page's header: the product's name, how much the library holds, who is signed in."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.accounts.records import ADMINISTRATOR, IP_TEAM, READER
from assistant.web.html import escape, tag
from assistant.web.identity import Passed
from ingest.facts import DocumentFacts

_MARK = (
    '<svg class="pa-mark" viewBox="0 0 24 24" aria-hidden="true">'
    '<rect x="3" y="2.5" width="14" height="19" rx="2.5"/>'
    '<path d="M7 8h6M7 12h4"/><circle cx="16" cy="15.5" r="4"/><path d="m19 18.5 3 3"/></svg>'
)
_ROLES = {READER: "Reader", IP_TEAM: "IP team", ADMINISTRATOR: "Administrator"}


def header(documents: Sequence[DocumentFacts], passed: Passed | None = None) -> str:
    """The header as HTML. documents: those that the reader may see; passed: of his request."""
    patents = sum(facts.kind == "patent" for facts in documents)
    count = f"{len(documents):,} document{'' if len(documents) == 1 else 's'}"
    kinds = f"{patents:,} patents, {len(documents) - patents:,} reports"
    switch = tag("button", "", type="button", css="pa-theme", aria_label="Switch light and dark")
    return tag(
        "header",
        _MARK,
        tag("h1", "prior-art"),
        tag("span", escape(count), css="pa-total", title=kinds),
        tag("span", escape(kinds), css="pa-kinds"),
        _signed_in(passed),
        switch,
        css="pa-header",
    )


def _signed_in(passed: Passed | None) -> str:
    """Who is signed in, with the way out; nothing where nobody has to sign in."""
    identity = passed.identity if passed else None
    if passed is None or identity is None or identity.how == "local":
        return ""
    tip = f"{_ROLES.get(identity.role, identity.role)}; may see: {identity.clearance}"
    name = tag("span", escape(identity.name), css="pa-user", title=tip)
    if not passed.form_token:
        return name
    token = f'<input type="hidden" name="form" value="{escape(passed.form_token)}">'
    leave = tag("button", "Sign out", type="submit", css="pa-sign-out")
    return name + tag("form", token, leave, method="post", action="/sign-out")
