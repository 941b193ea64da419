"""The web app behind fences: neither the server, nor its page, asks anything but this machine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from fenced import FENCE, Seen, fenced, why_not_alone

CALLED = "called-by-a-peer.invalid"
SAMPLE = (
    "patents/US20179900214A1.xml",
    "patents/EP9900214A1.xml",
    "reports/HCW-R-024_formation_time.pdf",
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What the server, programs that call it and a browser did.

    What a peer wants fetched is let pass by the outer fence, so that the program's own is seen.
    """
    folder = tmp_path_factory.mktemp("fenced")
    script = str(FENCE / "in_the_browser.py")
    return fenced(folder / "traces", script, str(folder), *SAMPLE, leave=CALLED, seconds=400)


@pytest.fixture(scope="module")
def found(seen: Seen) -> Any:
    """What the script says."""
    assert seen.status == 0, seen.errors[-2000:]
    return seen.last


def test_functions_and_tools_answer_with_nothing_but_this_machine(seen: Seen, found: Any) -> None:
    served = found["served"]
    assert "91 degrees Celsius" in served["search"]
    assert '"answered"' in served["ask"]
    assert "limitations" in served["chart"]
    assert "EP9900214A1" in served["summarize"]
    assert "91 degrees Celsius" in served["mcp"]
    # Only the attacks of the next test make Gradio look for other hosts.
    wanted = {line.split()[-1] for line in seen.lines("refused")}
    assert wanted <= {"dns.google", "169.254.169.254"}
    assert any("ingest.worker" in line for line in seen.lines("started"))


def test_the_server_fetches_nothing_for_a_peer(found: Any) -> None:
    """Gradio would: GET /gradio_api/file=http://..., and the address of an "uploaded" file."""
    attacks = found["attacks"]
    assert len([name for name in attacks if name.startswith("file of")]) >= 2
    for name, answer in attacks.items():
        if isinstance(answer, int):
            assert answer >= 400, name
    assert found["canary"] == []


def test_the_kernel_lost_nothing_of_the_server(found: Any) -> None:
    if (reason := why_not_alone()) is not None:
        pytest.skip(reason)
    assert found["lost"] == 0


def test_the_page_asks_its_own_server_alone(found: Any) -> None:
    if "clicked" not in found:
        pytest.skip("/usr/bin/chromium is missing: apt-get install chromium")
    clicked, address = found["clicked"], found["address"].rstrip("/")
    assert len(clicked["tabs"]) >= 6
    outside = [
        url for url in clicked["page"]
        if not re.match(rf"(?:{re.escape(address)}(?:/|$)|data:|blob:)", url)
    ]  # fmt: skip
    assert outside == []
    assert clicked["browser"]["page"] == [address]
    assert not any("called-by" in origin for origin in clicked["browser"]["browser"])
    assert found["canary"] == []


def test_no_style_or_page_of_ours_names_another_host() -> None:
    """Namespaces are names, not addresses; all else in these files would be fetched.

    privacy.py names a host where it shows what it takes out of Gradio's page.
    """
    web = Path(__file__).resolve().parents[2] / "assistant" / "web"
    named = [
        (path.name, address)
        for path in sorted([*web.rglob("*.css"), *web.rglob("*.js"), *web.rglob("*.py")])
        if path.name != "privacy.py"
        for address in re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", path.read_text("utf-8"))
        if address != "http://www.w3.org" and not address.endswith(".example")
    ]
    assert named == []
