"""What one document says: its problem, its solution or findings, key parameters, claims."""

from __future__ import annotations

from assistant.summaries.aspects import background, problem, solution
from assistant.summaries.claims import claim_sections
from assistant.summaries.compose import fact_lines, statements, titled
from assistant.summaries.parameters import parameter_section, parameters
from assistant.summaries.records import Summary, SummarySection
from assistant.summaries.source import Keys, Sentence, Source, open_source
from index.library import Library

_PARAMETERS = 12


def summarize_document(library: Library, number_or_id: str) -> Summary:
    """A document in verbatim sentences, rows of values and its claims, all cited.

    Raises UnknownDocument.
    """
    source = open_source(library, number_or_id)
    keys = Keys()
    missing: list[str] = []
    sections = [SummarySection("Document", lines=fact_lines(source))]
    sections += aspect_sections(source, keys, missing)
    found = parameters(source)
    if found:
        sections.append(parameter_section(source, keys, found, _PARAMETERS))
    else:
        missing.append("no values with units were found, apart from tables and the background")
    if source.document.claims:
        sections += claim_sections(source, keys)
    elif source.facts.kind == "patent":
        missing.append("the library holds no claims of this document")
    kinds = {section.kind for section in source.document.sections}
    if source.facts.kind == "patent" and "description" not in kinds:
        missing.append("the library holds no description of this document")
    if source.facts.kind == "patent" and "abstract" not in kinds:
        missing.append("the library holds no abstract of this document")
    return Summary("document", titled(source), (source.facts.id,), tuple(sections), tuple(missing))


def aspect_sections(source: Source, keys: Keys, missing: list[str]) -> list[SummarySection]:
    """Problem and solution, or what stands in for them. missing: what is not there is added."""
    patent = source.facts.kind == "patent"
    asked = problem(source)
    done = solution(source, besides=asked)
    sections = []
    if asked:
        sections.append(_section("Problem" if patent else "Question", source, asked, keys))
    else:
        missing.append("no statement of the problem was found")
        if behind := background(source):
            sections.append(_section("Background", source, behind, keys))
    if done:
        sections.append(_section("Solution" if patent else "Findings", source, done, keys))
    else:
        what = "of the solution" if patent else "of the findings"
        missing.append(f"no statement {what} was found")
        first = [s for s in source.sentences if not s.is_row and not s.cut[0]][:2]
        if not asked and first:
            sections.append(_section("How it begins", source, first, keys))
    return sections


def _section(heading: str, source: Source, sentences: list[Sentence], keys: Keys) -> SummarySection:
    return SummarySection(heading, statements(keys, [(source, sentences)]))
