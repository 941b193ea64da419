"""What a search found, seen as a whole: themes, classes, timeline and parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from assistant.answers.frames import document_name
from assistant.questions.party_names import LEGAL_FORMS
from assistant.summaries.compose import statements, title_of
from assistant.summaries.records import Summary, SummarySection
from assistant.summaries.source import Keys, Sentence, Source, may_be_shown, open_source
from assistant.summaries.themes import Known, Theme, themes
from index.analysis import terms
from index.errors import UnknownDocument
from index.library import Library
from index.records import Hit, SearchResult
from ingest.facts import DocumentFacts

# Documents that are read for their themes; dates and parties are counted in all.
_READ = 40
_LISTED, _MOST_LINES, _MOST_NAMED = 20, 8, 8
_OPENING = 1600  # characters of a document without an abstract that tell what it is about


def summarize_hits(library: Library, query: str, result: SearchResult) -> Summary:
    """Themes with one verbatim sentence each, classes, timeline and parties of a search's hits.

    Everything besides the sentences is counted. A document that has gone since the search is
    left out and named under `missing`.
    """
    sources, gone = _opened(library, result.hits[:_READ])
    documents = [hit.document for hit in result.hits]
    missing = [f"{document_name(d)} is no longer in the library" for d in gone]
    keys = Keys()
    sections = [SummarySection("Found", lines=tuple(_counted(result)))]
    known = Known(library.counts()[1], library.term_counts)
    same = [
        s.facts.family or " ".join(s.facts.title.casefold().split()) or s.facts.id for s in sources
    ]
    found = themes([_about(source) for source in sources], same, query, known)
    names = _names(documents)
    sections += [_theme_section(theme, sources, keys, names) for theme in found]
    if documents and not found:
        missing.append("no theme that two or more of the documents share was found")
    if len(result.hits) > _READ:
        missing.append(f"themes were looked for in the first {_READ} documents only")
    for heading, lines in (
        ("Classes", _classes(documents, names)),
        ("Timeline", _timeline(documents, result.filters.date, names)),
        ("Parties", _parties(documents, names)),
    ):
        if lines:
            sections.append(SummarySection(heading, lines=tuple(lines)))
        elif documents:
            missing.append(f"no {heading.lower()}: the documents state none")
    if not documents:
        missing.append("nothing was found that could be summarised")
    title = f"What was found for: {' '.join(query.split())}"
    ids = tuple(document.id for document in documents)
    return Summary("results", title, ids, tuple(sections), tuple(missing))


def _opened(library: Library, hits: Sequence[Hit]) -> tuple[list[Source], list[DocumentFacts]]:
    sources, gone = [], []
    for hit in hits:
        try:
            sources.append(open_source(library, hit.document.id))
        except UnknownDocument:
            gone.append(hit.document)
    return sources, gone


def _counted(result: SearchResult) -> Iterator[str]:
    documents = [hit.document for hit in result.hits]
    by_kind: dict[str, int] = defaultdict(int)
    for document in documents:
        by_kind[document.kind] += 1
    kinds = ", ".join(f"{count} {kind}{_s(count)}" for kind, count in sorted(by_kind.items()))
    counted = f"{len(documents)} document{_s(len(documents))}"
    yield f"{counted} of {result.searched} searched{f': {kinds}' if kinds else ''}"
    for rank, document in enumerate(documents[:_LISTED], start=1):
        name = document.number or f"hit {rank}"
        told = [title_of(document), document.publication_date or ""]
        yield f"{name}: {', '.join(part for part in told if part)}"
    members = sum(len(hit.members) for hit in result.hits)
    if members:
        yield f"{members} more of the same families"


def _about(source: Source) -> str:
    """Title and abstract, or what the document begins with."""
    text = source.document.text
    abstract = [s.text for s in source.sentences if s.section == "abstract"]
    claims = [text[c.start : c.end] for c in source.document.claims[:1]]
    opening = [s.text for s in source.sentences[:30]]
    body = " . ".join(abstract + claims) if abstract else " . ".join(opening + claims)[:_OPENING]
    return f"{source.facts.title} . {body}"


def _names(documents: Sequence[DocumentFacts]) -> dict[str, str]:
    """What each document is called in lines: its number, or its place in the result."""
    return {d.id: d.number or f"hit {rank}" for rank, d in enumerate(documents, start=1)}


def _theme_section(
    theme: Theme, sources: Sequence[Source], keys: Keys, names: Mapping[str, str]
) -> SummarySection:
    told = [sources[place] for place in theme.documents]
    line = _count_of([source.facts for source in told], names)
    best = max(
        (
            (_share(theme, sentence), -place, -sentence.start, source, sentence)
            for place, source in enumerate(told[:10])
            for sentence in source.sentences[:200]
            if not sentence.is_row and not sentence.cut[0]
        ),
        key=lambda found: found[:3],
        default=None,
    )
    said = statements(keys, [(best[3], [best[4]])]) if best and best[0] > 0 else ()
    return SummarySection(f"Theme: {', '.join(theme.words)}", said, lines=(line,))


def _share(theme: Theme, sentence: Sentence) -> float:
    """Which share of a theme's words a sentence has; abstracts and short sentences first."""
    had = set(terms(sentence.text))
    wanted = [set(terms(word)) for word in theme.words]
    share = sum(words <= had for words in wanted) / len(wanted)
    long = min(0.3, max(0, len(sentence.text.split()) - 30) / 100)
    return share + 0.2 * (sentence.section == "abstract") - long if share else 0.0


def _classes(documents: Sequence[DocumentFacts], names: Mapping[str, str]) -> list[str]:
    by_class: dict[str, list[DocumentFacts]] = defaultdict(list)
    for document in documents:
        for symbol in sorted(set(document.cpc)):
            by_class[symbol].append(document)
    shared = {symbol: found for symbol, found in by_class.items() if len(found) > 1}
    return _lines(shared or by_class, 6, names)


def _timeline(documents: Sequence[DocumentFacts], date: str, names: Mapping[str, str]) -> list[str]:
    by_year: dict[str, list[DocumentFacts]] = defaultdict(list)
    for document in documents:
        if day := getattr(document, f"{date}_date"):
            by_year[day[:4]].append(document)
    lines = [f"{year}: {_count_of(by_year[year], names)}" for year in sorted(by_year)]
    undated = len(documents) - sum(map(len, by_year.values()))
    if undated and by_year:
        lines.append(f"{date} date unknown: {undated} document{_s(undated)}")
    return lines


def _parties(documents: Sequence[DocumentFacts], names: Mapping[str, str]) -> list[str]:
    by_name: dict[str, list[DocumentFacts]] = defaultdict(list)
    written: dict[str, str] = {}
    for document in documents:
        for name, party in {_plain_name(party): party for party in document.parties}.items():
            by_name[name].append(document)
            written.setdefault(name, " ".join(party.split()))
    shown = {written[n]: found for n, found in by_name.items() if may_be_shown(written[n])}
    return _lines(shown, _MOST_LINES, names)


def _plain_name(party: str) -> str:
    """A party's name without legal forms, so that "Co., Ltd." and "Co Ltd" are one."""
    words = "".join(c if c.isalnum() else " " for c in party.casefold()).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def _lines(
    groups: Mapping[str, list[DocumentFacts]], count: int, names: Mapping[str, str]
) -> list[str]:
    ranked = sorted(groups, key=lambda name: (-len(groups[name]), name.casefold()))
    lines = [f"{name}: {_count_of(groups[name], names)}" for name in ranked[:count]]
    if len(ranked) > count:
        lines.append(f"and {len(ranked) - count} more")
    return lines


def _count_of(documents: Sequence[DocumentFacts], names: Mapping[str, str]) -> str:
    told = [names[document.id] for document in documents[:_MOST_NAMED]]
    more = len(documents) - len(told)
    listed = ", ".join(told) + (f" and {more} more" if more else "")
    return f"{len(documents)} document{_s(len(documents))} ({listed})"


def _s(count: int) -> str:
    return "" if count == 1 else "s"
