"""The web app, its HTTP and MCP functions and, where there is one, a browser in every tab.

`python in_the_browser.py FOLDER SAMPLE... `; says as JSON what was answered and requested.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from alone import lost
from fenced import ROOT, canary
from remote_documents import write_all

folder, samples = Path(sys.argv[1]), sys.argv[2:]
CHROMIUM = Path("/usr/bin/chromium")
# Takes every name from the browser, whose own updates and dictionaries are not the page's.
FLAGS = [
    *"--no-sandbox --disable-background-networking --disable-quic --no-first-run".split(),
    *"--disable-component-update --disable-sync --no-pings".split(),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
SERVE = """
import sys
from pathlib import Path
import app
from assistant.options import ServeOptions
from index import ingest
index, files, port = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
ingest(index, [files])
sys.exit(app.serve(ServeOptions(index=index, port=port, sample=False)))
"""
QUESTION = "At which temperature did the zirconia separator hold?"
CALLED = "called-by-a-peer.invalid"


def posted(url: str, body: object) -> str:
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
    }
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(response.read().decode())


def called(address: str, name: str, *data: object) -> str:
    """What a function answers over HTTP, as a stream of events."""
    url = f"{address}/gradio_api/call/{name}"
    event = json.loads(posted(url, {"data": data}))["event_id"]
    with urllib.request.urlopen(f"{url}/{event}", timeout=60) as response:
        return str(response.read().decode())


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def programs(address: str) -> dict[str, str]:
    """What the functions and the tools answer."""
    tool = {"name": "search", "arguments": {"query": "zirconia separator"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": tool}
    return {
        "search": called(address, "search", "zirconia separator", 10, None),
        "ask": called(address, "ask", QUESTION, None),
        "chart": called(
            address, "chart", "A cell comprising a zirconia separator.", None, None, 2, None, None
        ),
        "summarize": called(address, "summarize", ["EP9900214A1"]),
        "mcp": posted(f"{address}/gradio_api/mcp/", body),
    }


def attacks(address: str, bird: str) -> dict[str, int | str]:
    """What a peer gets who wants the server to fetch something for him."""
    tried: dict[str, int | str] = {}
    for target in (f"http://{CALLED}/x", f"{bird}/x", "http://169.254.169.254/latest/"):
        for route in ("file=", "proxy="):
            url = f"{address}/gradio_api/{route}{target}"
            tried[f"{route}{target}"] = status_of(url)
    file = {"path": f"http://{CALLED}/y", "meta": {"_type": "gradio.FileData"}}
    with urllib.request.urlopen(f"{address}/config", timeout=30) as response:
        config = json.load(response)
    kinds = {part["id"]: part["type"] for part in config["components"]}
    for number, function in enumerate(config["dependencies"]):
        inputs = [kinds.get(i) for i in function["inputs"]]
        if "file" not in inputs and "uploadbutton" not in inputs:
            continue
        data = [[file] if k == "file" else file if k == "uploadbutton" else None for k in inputs]
        body = {"data": data, "fn_index": function.get("id", number), "session_hash": "s"}
        try:
            tried[f"file of {number}"] = posted(f"{address}/gradio_api/queue/join", body)[:40]
            url = f"{address}/gradio_api/queue/data?session_hash=s"
            with urllib.request.urlopen(url, timeout=30) as response:
                tried[f"file of {number}"] = str(response.read().decode())[-200:]
        except (urllib.error.HTTPError, TimeoutError) as error:
            tried[f"file of {number}"] = str(error)
    return tried


def clicked(address: str) -> dict[str, object]:
    """Go through all tabs of the page; what it, and the browser, asked for."""
    from playwright.sync_api import expect, sync_playwright

    seen: list[str] = []
    net = folder / "net.json"
    with sync_playwright() as playwright:
        flags = [*FLAGS, f"--log-net-log={net}"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        page = browser.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: seen.append(request.url))
        page.on("websocket", lambda opened: seen.append(opened.url))
        page.goto(address)
        expect(page.locator(".pa-welcome")).to_be_visible()
        page.locator("#pa-ask textarea").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".pa-sources, .pa-notice").first).to_be_visible(timeout=30_000)
        page.locator("#pa-chat .pa-source, #pa-chat .pa-chip").first.click()
        expect(page.locator("#pa-side")).to_contain_text("zirconia")
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="Search").click()
        page.locator("#pa-query textarea").fill("zirconia separator print.pdf")
        page.keyboard.press("Enter")
        expect(page.locator(".pa-hits > li").first).to_be_visible()
        for opens in page.locator(".pa-hits [data-open]").all()[:6]:
            opens.click()
            expect(page.locator("#pa-side")).to_be_visible()
            page.keyboard.press("Escape")
        tabs = page.get_by_role("tab").all()
        for tab in tabs:
            tab.click()
            page.wait_for_timeout(700)
        names = [tab.inner_text() for tab in tabs]
        browser.close()
    return {"tabs": names, "page": sorted(set(seen)), "browser": asked_for(net)}


def asked_for(net: Path) -> dict[str, list[str]]:
    """Origins that the browser's own log has, by who wanted something of them."""
    wanted: dict[str, set[str]] = {"page": set(), "browser": set()}
    for event in json.loads(net.read_text())["events"]:
        params = event.get("params", {})
        for address in (params.get("url"), params.get("host")):
            if not isinstance(address, str) or address.startswith(("data:", "blob:")):
                continue
            # What no page asked for is the browser's own: updates, the clock, dictionaries.
            own = params.get("initiator", "not an origin") == "not an origin"
            parts = urlsplit(address)
            origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else address
            wanted["browser" if own else "page"].add(origin)
    return {who: sorted(origins) for who, origins in wanted.items()}


def ending(stream) -> None:
    for _ in stream:
        pass


def main() -> None:
    files = folder / "files"
    files.mkdir()
    for name in samples:
        shutil.copy(ROOT / "sample" / name, files)
    with canary() as bird, socket.socket() as free:
        hosts = [bird.address, "http://192.0.2.7", "https://called-by-a-document.invalid"]
        write_all(files, hosts)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        arguments = [sys.executable, "-c", SERVE, str(folder / "index"), str(files), str(port)]
        with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE) as server:
            assert server.stdout is not None
            try:
                line = next(line for line in server.stdout if b"documents at" in line).decode()
                threading.Thread(target=ending, args=[server.stdout], daemon=True).start()
                found = re.search(r"http://\S+?(?=/? )", line)
                assert found is not None, line
                address = found.group()
                result: dict[str, object] = {"address": address, "served": programs(address)}
                result["attacks"] = attacks(address, bird.address)
                result["lost"] = lost()
                if CHROMIUM.exists():
                    result["clicked"] = clicked(address)
                result["canary"] = bird.asked
            finally:
                server.kill()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
