"""Hostile text, from a file to the page in a real browser: nothing of it runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from web_server import PASSWORD, Served

CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium", allow_module_level=True)
sync = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

# Each would leave a trace in `window.ran` if it ever ran.
HOSTILE = (
    "<script>window.ran='script'</script>",
    "<img src=x onerror=\"window.ran='img'\">",
    "<svg onload=\"window.ran='svg'\"><animate onbegin=\"window.ran='animate'\"></svg>",
    "<a href=\"javascript:window.ran='link'\">link</a>",
    "\"'><iframe srcdoc=\"<script>parent.ran='frame'</script>\"></iframe>",
    "${window.ran='dollar'}",
    "{{window.ran='braces'}} {{#each this}}{{constructor.constructor('window.ran=1')()}}{{/each}}",
    "[md](javascript:window.ran='md') ![img](x\" onerror=\"window.ran='mdimg)",
    "</textarea></style></title><body onload=\"window.ran='body'\">",
    "<math><mtext><style><img src=x onerror=window.ran='mxss'></style></mtext></math>",
)
SHOTS = os.environ.get("PRIOR_ART_SHOTS")


@pytest.fixture
def signed_in(browser: Any, guarded_app: Served) -> Iterator[Any]:
    """Opens the page as an account, by the form; fails for what it asks of other hosts."""
    contexts, elsewhere = [], []

    def open_page(name: str, scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        contexts.append(context)
        context.add_init_script("window.ran = null")
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("dialog", lambda dialog: elsewhere.append(f"dialog {dialog.message}"))
        page.on(
            "request",
            lambda seen: (
                None
                if seen.url.startswith((guarded_app.at, "data:", "blob:"))
                else elsewhere.append(seen.url)
            ),
        )
        page.goto(guarded_app.at)
        shot(page, f"sign-in-{scheme}")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        sync.expect(page.locator(".pa-welcome")).to_be_visible(timeout=20_000)
        sync.expect(page.locator(".pa-user")).to_have_text(name)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert elsewhere == []


def shot(page: Any, name: str) -> None:
    """A picture of the page, where somebody wants to look at it."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def nothing_ran(page: Any) -> None:
    """No trace of a script, no element out of a text."""
    assert page.evaluate("window.ran") is None
    inside = "[onerror], [onload], [onbegin], a[href^='javascript:'], iframe, img[src=x]"
    assert page.locator(inside).count() == 0


def test_hostile_text_is_shown_and_never_runs(signed_in: Any, tmp_path: Path) -> None:
    page = signed_in("pia")
    text = "\n\n".join(f"The omicron foil {number} says {t}." for number, t in enumerate(HOSTILE))
    (tmp_path / "<img src=x onerror=window.ran=1>.md").write_text(
        f"# Omicron {HOSTILE[1]} {HOSTILE[5]} {HOSTILE[6]}\n\nAuthors: {HOSTILE[2]}\n\n{text}\n"
    )
    (tmp_path / "broken ${window.ran=2}.pdf").write_bytes(b"%PDF-1.7\nnothing")
    page.get_by_role("tab", name="Library").click()
    page.locator("#pa-add > button").click()
    page.locator("#pa-files input[type=file]").set_input_files(list(tmp_path.iterdir()))
    sync.expect(page.locator("#pa-files")).to_contain_text("broken")
    page.locator("#pa-upload-label input").click()
    page.get_by_role("option", name="internal").click()
    page.get_by_role("button", name="Add to the library").click()
    report = page.locator("#pa-report")
    sync.expect(report).to_contain_text("1 added, 1 not taken", timeout=40_000)
    sync.expect(report).to_contain_text("onerror")
    nothing_ran(page)
    shot(page, "library")

    page.locator("#pa-wanted input, #pa-wanted textarea").fill("omicron")
    row = page.locator("#pa-documents tr", has_text="Omicron")
    sync.expect(row).to_contain_text("${window.ran='dollar'}")
    row.locator("button").first.click()
    sync.expect(page.locator("#pa-side")).to_contain_text("Omicron")
    nothing_ran(page)

    page.get_by_role("tab", name="Search").click()
    page.locator("#pa-query textarea").fill("omicron foil says script img svg link")
    page.keyboard.press("Enter")
    sync.expect(page.locator(".pa-hits")).to_contain_text("<script>window.ran='script'</script>")
    page.locator(".pa-found").first.click()
    nothing_ran(page)

    page.get_by_role("tab", name="Ask").click()
    for question in (f"What does the omicron foil 1 say? {HOSTILE[1]}", "".join(HOSTILE[:8])):
        page.locator("#pa-ask textarea").fill(question)
        page.keyboard.press("Enter")
        turn = page.locator("#pa-chat article").last
        sync.expect(turn.locator(".pa-sources, .pa-notice").first).to_be_visible(timeout=30_000)
        sync.expect(turn).to_contain_text("onerror")
        nothing_ran(page)

    page.locator("#pa-new-project textarea, #pa-new-project input").fill(f"P {HOSTILE[1]}")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1000)
    page.get_by_role("tab", name="Project").click()
    page.wait_for_timeout(500)
    nothing_ran(page)


def test_header_names_who_is_signed_in_and_signs_out(signed_in: Any) -> None:
    reader = signed_in("rob", "dark")
    shot(reader, "header-dark")
    reader.get_by_role("tab", name="Library").click()
    sync.expect(reader.locator("#pa-documents")).to_contain_text("Open cathode note")
    assert reader.locator("#pa-add").is_hidden()
    reader.get_by_role("button", name="Sign out").click()
    sync.expect(reader.get_by_label("Password")).to_be_visible()
    reader.go_back()
    sync.expect(reader.get_by_label("Password")).to_be_visible()
    assert re.search(r"/sign-in$", reader.url)


def test_a_page_whose_session_has_ended_leads_to_the_form(
    signed_in: Any, guarded_app: Served
) -> None:
    page = signed_in("sam")
    guarded_app.accounts.sign_out_all("sam")
    page.locator("#pa-ask textarea").fill("How thick is the zeta cathode coating?")
    page.keyboard.press("Enter")
    sync.expect(page.get_by_label("Password")).to_be_visible()
