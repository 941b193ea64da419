"""The web app in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
if not CHROMIUM.exists():
    pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium", allow_module_level=True)
sync = pytest.importorskip("playwright.sync_api", reason="pip install playwright")

QUESTION = "What does leaving out the second rest cost?"
ANSWER = "leaving out the second rest cost 2.2 percentage points of retention"
EXAMPLE = "May the second rest in formation be left out?"


def ask(page: Any, question: str) -> Any:
    """Ask with the Enter key; the turn, once it is complete."""
    turns = page.locator("#pa-chat article")
    number = turns.count()
    page.locator("#pa-ask textarea").fill(question)
    page.keyboard.press("Enter")
    return answered(turns.nth(number))


def answered(turn: Any) -> Any:
    """A turn once it is complete."""
    sync.expect(turn.locator(".pa-sources, .pa-notice").first).to_be_visible(timeout=30_000)
    sync.expect(turn.page.locator("#pa-ask .submit-button")).to_be_visible()
    return turn


# How visible the words of an answer were when it came.
FIRST_SEEN = """() => new MutationObserver((_, seer) => {
  const words = [...document.querySelectorAll(".pa-words")];
  if (!words.length) return;
  seer.disconnect();
  window.seen = words.map((word) => +getComputedStyle(word).opacity);
}).observe(document.body, { childList: true, subtree: true })"""


def test_answer_unfolds_and_its_citation_opens_the_pdf_page(visit: Any) -> None:
    still = visit(motion="reduce")
    still.evaluate(FIRST_SEEN)
    ask(still, QUESTION)
    assert set(still.evaluate("window.seen")) == {1}
    page = visit()
    page.evaluate(FIRST_SEEN)
    turn = ask(page, QUESTION)
    sync.expect(turn).to_contain_text(ANSWER)
    assert page.evaluate("window.seen.at(-1)") == 0
    sync.expect(turn.locator(".pa-words").last).to_have_css("opacity", "1")
    sync.expect(turn.locator(".pa-frame").first).to_have_text("HCW-R-024 reports:")

    turn.locator(".pa-chip", has_text="[1]").first.click()
    side = page.locator("#pa-side")
    sync.expect(side.locator("mark")).to_contain_text("A further cut to 78 hours")
    sync.expect(side).to_contain_text("HCW-R-024_formation_time.pdf")
    image = side.locator(".pa-page img")
    sync.expect(image).to_be_visible(timeout=20_000)
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 500
    page.keyboard.press("Escape")
    sync.expect(side).to_be_hidden()
    turn.locator(".pa-source").first.click()
    sync.expect(side.locator("mark")).to_be_visible()


def test_follow_ups_filters_tables_and_refusals(visit: Any) -> None:
    page = visit()
    ask(page, "How long were the cells aged by Halvorne since 2015?")
    turn = ask(page, "and at 45 °C?")
    completed = "How long were the cells aged by Halvorne since 2015 at 45 °C?"
    sync.expect(turn.locator(".pa-understood")).to_have_text(f"Understood as: {completed}")
    # The earlier question is asked again, in its place, the later one staying as it was.
    first = page.locator("#pa-chat article").first
    number = first.get_attribute("data-turn")
    first.get_by_role("button", name="Do not limit to: by Halvorne").press("Enter")
    sync.expect(first).not_to_have_attribute("data-turn", str(number))
    answered(first)
    sync.expect(first.locator(".pa-off s")).to_have_text("by Halvorne")
    sync.expect(first.locator(".pa-limiter")).to_have_count(2)
    sync.expect(page.locator("#pa-chat article")).to_have_count(2)
    sync.expect(turn.locator(".pa-understood")).to_have_count(1)
    back = first.get_by_role("button", name="Limit again to: by Halvorne")
    sync.expect(back).to_be_focused()
    page.keyboard.press("Enter")
    sync.expect(first.locator(".pa-off")).to_have_count(0)
    answered(first)

    turn = ask(page, "Compare the FEC content and the retention of silicon cells")
    table = turn.get_by_role("table", name="Values that these sources state")
    sync.expect(table.get_by_role("columnheader")).to_have_text(
        ["What", "Value", "Unit", "Condition", "Source"]
    )
    table.get_by_role("row").nth(1).locator(".pa-chip").click()
    value = table.get_by_role("row").nth(1).get_by_role("cell").first.inner_text()
    sync.expect(page.locator("#pa-side mark")).to_contain_text(value)
    page.keyboard.press("Escape")

    evil = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
    turn = ask(page, f"Who won the football world cup in 2018? {evil}")
    sync.expect(turn.locator(".pa-question p").first).to_contain_text(evil)
    sync.expect(turn.locator(".pa-refusal")).to_contain_text(re.compile(r"Searched \d of 5 doc"))
    assert turn.locator(".pa-answer").count() == 0
    assert turn.locator(".pa-sources li").count() >= 1
    turn = ask(page, "Is US20159900305A1 valid?")
    sync.expect(turn.locator(".pa-refusal strong")).to_have_text("No legal opinion is given")
    assert page.evaluate("window.hacked") is None


def test_a_model_words_the_answer_as_far_as_it_is_supported(
    visit: Any, worded_address: str, chat_model: Any
) -> None:
    page = visit(at=worded_address)
    chat_model.go_on.clear()
    page.locator("#pa-ask textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    turn = page.locator("#pa-chat article").first
    sync.expect(turn.locator(".pa-answer")).to_contain_text(ANSWER, timeout=30_000)
    sync.expect(turn).to_contain_text("scripted is writing …")
    chat_model.go_on.set()
    answered(turn)
    sync.expect(turn.locator(".pa-written")).to_have_text(
        "Written by scripted; every sentence was checked against its passages."
    )
    sync.expect(turn.locator(".pa-answer")).not_to_contain_text("77")
    turn.locator(".pa-dropped summary").click()
    sync.expect(turn.locator(".pa-dropped li")).to_contain_text(chat_model.invented)

    chat_model.go_on.clear()
    page.locator("#pa-ask textarea").fill(QUESTION)
    page.keyboard.press("Enter")
    turn = page.locator("#pa-chat article").nth(1)
    sync.expect(turn.locator(".pa-answer")).to_contain_text(ANSWER, timeout=30_000)
    page.locator("#pa-ask textarea").fill("typed meanwhile")
    page.get_by_role("button", name="Stop").click()
    sync.expect(turn.locator(".pa-stopped")).to_be_visible()
    sync.expect(page.locator("#pa-ask textarea")).to_have_value("typed meanwhile")
    chat_model.go_on.set()

    chat_model.up = False
    turn = ask(page, QUESTION)
    chat_model.up = True
    sync.expect(turn.locator(".pa-notice")).to_contain_text("503")
    sync.expect(turn.locator(".pa-answer")).to_contain_text(ANSWER)
    sync.expect(turn.locator(".pa-written")).to_have_count(0)
    page.get_by_label("Let scripted word the answer").uncheck()
    sync.expect(ask(page, QUESTION).locator(".pa-written, .pa-notice")).to_have_count(0)


def test_filters_limit_and_bad_ones_are_said_in_words(visit: Any) -> None:
    page = visit()
    page.locator(".pa-filters > button").first.click()
    page.get_by_label("Patent").first.check()
    turn = ask(page, QUESTION)
    sync.expect(turn.locator(".pa-limits")).to_contain_text("kind: patent")
    sync.expect(turn).not_to_contain_text("HCW-R-024")
    page.get_by_label("Later than").first.fill("2019")
    turn = ask(page, QUESTION)
    sync.expect(turn.locator(".pa-notice")).to_contain_text("'2019' is no day")
    sync.expect(turn).not_to_contain_text("--after")


def test_examples_of_the_sample_are_asked_with_a_click(visit: Any) -> None:
    page = visit()
    page.get_by_role("button", name=EXAMPLE).click()
    sync.expect(page.locator(".pa-sources")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="New chat").click()
    sync.expect(page.locator(".pa-welcome")).to_be_visible()


def test_search_folds_families_and_opens_passages(visit: Any) -> None:
    page = visit()
    page.get_by_role("tab", name="Search").click()
    page.locator("#pa-query textarea").fill("boron oxide coated nickel-rich cathode")
    page.keyboard.press("Enter")
    first = page.locator(".pa-hits > li").first
    sync.expect(first).to_contain_text("Same family", timeout=20_000)
    first.locator(".pa-found").first.click()
    sync.expect(page.locator("#pa-side mark")).to_be_visible()
    first.locator(".pa-member").first.click()
    sync.expect(page.locator("#pa-side")).to_contain_text("Claim 1 of")


def test_upload_takes_the_good_and_explains_the_broken(visit: Any, tmp_path: Path) -> None:
    page = visit()
    page.get_by_role("tab", name="Library").click()
    sync.expect(page.locator("#pa-documents tbody tr")).to_have_count(5)
    (good := tmp_path / "note.md").write_text(
        "# Wobbulator <img src=x onerror=alert(1)> note\n\nThe zeta wobbulator turns at 77 rpm.\n"
    )
    (broken := tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing of a PDF follows")
    page.locator("#pa-add > button").click()
    page.locator("#pa-files input[type=file]").set_input_files([good, broken])
    sync.expect(page.locator("#pa-files")).to_contain_text("broken")
    page.locator("#pa-upload-label textarea, #pa-upload-label input").fill("secret")
    page.get_by_role("button", name="Add to the library").click()
    report = page.locator("#pa-report")
    sync.expect(report).to_contain_text("1 added, 1 not taken", timeout=40_000)
    sync.expect(report.locator("tr", has_text="note.md")).to_contain_text("Added: Wobbulator")
    sync.expect(report.locator("tr", has_text="broken.pdf")).to_contain_text("Malformed")
    sync.expect(page.locator(".pa-total")).to_have_text("6 documents")
    row = page.locator("#pa-documents tr", has_text="Wobbulator")
    sync.expect(row).to_contain_text("secret")
    sync.expect(row).to_contain_text("<img src=x onerror=alert(1)>")
    page.get_by_role("tab", name="Ask").click()
    sync.expect(ask(page, "At how many rpm does the zeta wobbulator turn?")).to_contain_text("77")


def test_dark_mode_follows_the_browser_and_the_switch(visit: Any) -> None:
    page = visit(scheme="dark")
    sync.expect(page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    dark = page.evaluate("getComputedStyle(document.querySelector('.pa-header')).backgroundColor")
    page.get_by_role("button", name="Switch light and dark").click()
    sync.expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))
    light = page.evaluate("getComputedStyle(document.querySelector('.pa-header')).backgroundColor")
    assert dark != light
    page.reload()
    sync.expect(page.locator(".pa-welcome")).to_be_visible(timeout=20_000)
    sync.expect(page.locator("body")).not_to_have_class(re.compile(r"\bdark\b"))


def test_narrow_window_has_no_sideways_scroll_and_the_panel_below(visit: Any) -> None:
    page = visit(width=360)
    turn = ask(page, QUESTION)
    turn.locator(".pa-chip").first.click()
    side = page.locator("#pa-side")
    sync.expect(side.locator("mark")).to_be_in_viewport()
    assert side.bounding_box()["width"] == 360
    for name in ("Ask", "Search", "Library"):
        page.get_by_role("tab", name=name).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_visitors_do_not_see_each_others_conversation(visit: Any) -> None:
    ask(visit(), QUESTION)
    assert visit().locator("#pa-chat article").count() == 0
