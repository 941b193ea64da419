"""Evidence stands where the citation says, also where a sentence is printed twice."""

from __future__ import annotations

import pytest

from assistant import Assistant, Citation
from fakes import LetterEncoder
from index import ingest


def test_a_sentence_printed_twice_is_shown_in_the_cited_section(tmp_path):
    sentence = "The retention was 92.4% after 200 cycles."
    text = f"# Report\n\n## Summary\n\n{sentence}\n\n## Results\n\n{sentence} Gas was low.\n"
    (tmp_path / "r.md").write_text(text)
    encoder = LetterEncoder()
    ingest(tmp_path / "lib", [tmp_path / "r.md"], encoder=encoder)
    assistant = Assistant.open(tmp_path / "lib", encoder)
    facts = assistant.documents()[0]
    places = {}
    for position in (0, 1):
        citation = Citation(
            "1", facts.id, None, facts.title, f"{facts.id}:{position}", sentence, "body",
            None, None, None,
        )  # fmt: skip
        evidence = assistant.evidence(citation)
        places[evidence.heading_path[-1]] = evidence.after
    assert places == {"Summary": "", "Results": " Gas was low."}
    wrong = Citation(
        "1", facts.id, None, facts.title, f"{facts.id}:0", "Invented.", "body", None, None, None
    )
    with pytest.raises(ValueError, match="is not in"):
        assistant.evidence(wrong)
