"""Every command and the Python API, in one process; says as JSON what they answered.

`python at_the_prompt.py FOLDER SAMPLE`. The documents of tests/remote_documents.py are ingested
beside the sample; they call a canary on this machine, an address and a name elsewhere.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

from fenced import canary
from remote_documents import write_all

folder, sample = Path(sys.argv[1]), sys.argv[2]
index = str(folder / "index")
PATENT = "EP9900214A1"
AGAINST = ["--against", "US20139900087A1", "--against", "HCW-R-014"]
SEARCH = ["search", "zirconia separator at 91 degrees", "--project", "p"]
CHART = ["chart", "--claim-of", f"{PATENT}:1", *AGAINST, "--project", "p"]


def commands(remote: list[str]) -> list[list[str]]:
    """All that ask, show, draw or write; remote: numbers of the documents that call others."""
    return [
        ["project", "create", "p"],
        *([*SEARCH, "--out", str(folder / f"hits.{kind}")]
          for kind in ("pdf", "docx", "xlsx", "csv", "ris", "bib")),
        *([*CHART, "--out", str(folder / f"chart.{kind}")]
          for kind in ("pdf", "docx", "xlsx", "csv")),
        ["search", "--like", PATENT],
        ["ask", "At which temperature did the zirconia separator hold?", "--project", "p"],
        ["ask", "May the second rest in formation be left out?"],
        ["summarize", PATENT],
        ["dates", "--subject", PATENT],
        ["family", PATENT],
        ["citations", PATENT, "--graph", str(folder / "graph.svg")],
        *(["picture", kind, "--out", str(folder / f"{kind}.{suffix}")]
          for kind, suffix in (("timeline", "png"), ("cpc", "svg"), ("map", "png"))),
        ["project", "mark", "p", PATENT, "--relevant"],
        ["project", "show", "p"],
        ["project", "export", "p", str(folder / "p.zip")],
        ["record", "verify", "p"],
        ["record", "replay", "p"],
        ["number", "US 9,900,001 B2"],
        ["list", "--rejected"],
        *(["show", name] for name in remote),
        ["doctor", "--json"],
    ]  # fmt: skip


def run(arguments: list[str]) -> tuple[int, str]:
    import app

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = app.main(["--index", index, *arguments])
    return status, said.getvalue()


def drawn(assistant) -> int:
    """Bytes of the first page of the PDF that calls others."""
    from ingest.page_image import page_image

    return len(page_image(folder / "remote" / "print.pdf", 1))


def main() -> None:
    with canary() as bird:
        hosts = [bird.address, "http://192.0.2.7", "https://called-by-a-document.invalid"]
        written = write_all(folder / "remote", hosts)
        statuses = {"ingest": run(["ingest", sample, str(folder / "remote"), "--json"])[0]}
        listed = json.loads(run(["list", "--json"])[1])["documents"]
        here = str(folder / "remote")
        remote = [d for d in listed if str(d["source"]).startswith(here)]
        answers = {}
        for arguments in commands([d["id"] for d in remote]):
            status, answers[arguments[0]] = run(arguments)
            statuses[" ".join(arguments)] = status
        from assistant import Assistant, retrieve

        assistant = Assistant.open(index)
        hits = retrieve("zirconia separator", k=3, index=index)
        result = {
            "statuses": statuses,
            "written": [path.name for path in written],
            "read": sorted({Path(d["source"]).name for d in remote}),
            "hits": len(hits),
            "answered": assistant.ask("May the second rest in formation be left out?").status,
            "page": drawn(assistant),
            "doctor": json.loads(answers["doctor"]),
            "canary": bird.asked,
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
