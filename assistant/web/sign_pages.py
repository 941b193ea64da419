"""The pages to sign in and to set up the first account: plain HTML, no script, no Gradio."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import HTMLResponse, Response

from assistant.web.html import escape, tag

STYLE = "/sign.css"
_CSS = (Path(__file__).parent / "sign.css").read_text(encoding="utf-8")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_SET_UP = (
    "This server has no account yet. The terminal in which it was started shows a one-time "
    "set-up token; with it you make the first administrator."
)


def sign_in_page(form_token: str, problem: str = "", name: str = "") -> Response:
    """The page that asks for name and password. problem: why the last try failed."""
    fields = [
        _field("Name", "name", "text", "username", name),
        _field("Password", "password", "password", "current-password"),
    ]
    return _page("Sign in", "/sign-in", fields, form_token, problem, "")


def set_up_page(form_token: str, problem: str = "", name: str = "") -> Response:
    """The page that makes the first account."""
    fields = [
        _field("Set-up token", "token", "text", "off"),
        _field("Your name", "name", "text", "username", name),
        _field("Password", "password", "password", "new-password"),
        _field("Password again", "again", "password", "new-password"),
    ]
    return _page("Set up", "/set-up", fields, form_token, problem, _SET_UP)


def arriving_page() -> Response:
    """Leads on to the page itself.

    A link on another site leaves out our cookie, which is for requests from our own pages; the
    next step is one from our own page.
    """
    head = '<meta http-equiv="refresh" content="0;url=/">'
    return _html("prior-art", tag("p", tag("a", "Open prior-art", href="/")), head)


def told_page(title: str, text: str, status: int) -> Response:
    """A page that says one thing."""
    return _html(title, tag("h2", escape(title)) + tag("p", escape(text)), status=status)


def style() -> Response:
    """The style sheet of these pages."""
    return Response(_CSS, media_type="text/css", headers={"Cache-Control": "no-store"})


def _page(
    title: str, action: str, fields: list[str], form_token: str, problem: str, text: str
) -> Response:
    form = tag(
        "form",
        f'<input type="hidden" name="form" value="{escape(form_token)}">',
        *fields,
        tag("button", escape(title), type="submit"),
        method="post",
        action=action,
        autocomplete="on",
    )
    told = tag("p", escape(problem), css="problem", role="alert") if problem else ""
    about = tag("p", escape(text)) if text else ""
    return _html(title, tag("h2", escape(title)) + about + told + form, status=200)


def _field(label: str, name: str, kind: str, complete: str, value: str = "") -> str:
    box = (
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}" '
        f'value="{escape(value)}" maxlength="1000" required spellcheck="false">'
    )
    return tag("label", escape(label), **{"for": name}) + box


def _html(title: str, body: str, head: str = "", status: int = 200) -> Response:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · prior-art</title>"
        f'<link rel="stylesheet" href="{STYLE}"><link rel="icon" href="data:,">{head}</head>'
        f"<body><main><h1>prior-art</h1>{body}</main></body></html>"
    )
    return HTMLResponse(page, status, {"Content-Security-Policy": _POLICY})
