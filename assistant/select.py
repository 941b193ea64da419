"""Weigh the sentences of found passages against a question, and choose among them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from assistant.cutting import Piece, pieces
from index.analysis import query_terms, terms
from index.encoder import Vectors
from index.library import Library
from index.records import Hit, ScoredPassage
from ingest.facts import DocumentFacts

# Share of each sign in a sentence's weight; measured on the sample's questions.
_BY_MEANING, _BY_WORDS, _BY_PASSAGE = 0.5, 0.35, 0.15
_MOST = 5
_ENCODED = 64
# A sentence this much weaker than the best one is no part of the answer.
_WEAKEST = 0.72
# Cosines between sentences: beyond the first they say the same, beyond the second they belong
# together.
_SAME, _RELATED = 0.9, 0.55
# What questions are worded with, beside stop words; rare in documents, yet no sign of a subject.
_ASKING = frozenset(
    query_terms(
        "affect answer best better build contain effect find found gave get give given good happen"
        " happens keep keeps know known large largest least less long lowest mean means need needed"
        " pass recommend recommended report reported small smallest stay stays suitable tell use"
        " used using work works"
    )
)
_NAME = re.compile(r"\b(?:\w*\d[\w.]*\w|\d|\w*[A-Z]\w*[A-Z]\w*)\b")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
_YEAR = re.compile(r"(19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class Candidate:
    """A sentence that might answer.

    Attributes:
        text: verbatim; start: its first character in passage.text.
        cut: whether the sentence goes on before, and after, the text.
        meaning: cosine with the question, -1 to 1.
        words: share of the question's terms in the sentence, by their rarity, 0 to 1.
        around: the same share, counting the passage, its heading and the document's title too.
        missing: figures, formulas and abbreviations of the question that stand in none of these.
        weight: the signs in one number, comparable inside one question.
        same: sentences of other documents that say the same.
    """

    text: str
    start: int
    cut: tuple[bool, bool]
    passage: ScoredPassage
    meaning: float
    words: float
    around: float
    missing: tuple[str, ...]
    weight: float
    vector: Vectors
    same: tuple[Candidate, ...] = ()

    def shown(self) -> str:
        """The sentence on one line; an ellipsis says where it goes on."""
        line = " ".join(self.text.split())
        before, after = self.cut
        return f"{'… ' if before else ''}{line}{' …' if after else ''}"


@dataclass(frozen=True)
class _Asked:
    """A question made ready for weighing. wanted: its terms with their rarity."""

    vector: Vectors
    wanted: dict[str, float]
    names: tuple[str, ...]


def candidates(library: Library, question: str, hits: tuple[Hit, ...]) -> list[Candidate]:
    """The sentences of the hits' passages that share most with the question, best first."""
    found = [
        (hit.document, passage, piece)
        for hit in hits
        for passage in hit.passages
        if not _is_front_page(hit.document, passage)
        for piece in pieces(passage.text)
    ]
    if not found:
        return []
    asked = _Asked(
        library.encoder.encode_query(question), _rarities(library, question), _names(question)
    )
    # Encoding is what takes the time, and a sentence without the question's words cannot answer.
    found.sort(key=lambda f: -_share(asked.wanted, f[1].text[f[2][0] : f[2][1]]))
    found = found[:_ENCODED]
    texts = [passage.text[start:end] for _, passage, (start, end, _) in found]
    vectors = library.encoder.encode_passages(texts)
    weighed = [
        _weigh(asked, document, passage, piece, vector)
        for (document, passage, piece), vector in zip(found, vectors, strict=True)
    ]
    return sorted(weighed, key=lambda c: (-c.weight, c.passage.id, c.start))


def _weigh(
    asked: _Asked,
    document: DocumentFacts,
    passage: ScoredPassage,
    piece: Piece,
    vector: Vectors,
) -> Candidate:
    start, end, cut = piece
    text = passage.text[start:end]
    surroundings = f"{document.number} {document.title} {passage.heading} {passage.text}"
    meaning = float(vector @ asked.vector)
    words, around = _share(asked.wanted, text), _share(asked.wanted, surroundings)
    known = set(terms(surroundings))
    missing = tuple(name for name in asked.names if not known.issuperset(terms(name)))
    weight = (
        _BY_MEANING * max(meaning, 0.0)
        + _BY_WORDS * (0.6 * words + 0.4 * around)
        + _BY_PASSAGE * passage.score
    )
    return Candidate(text, start, cut, passage, meaning, words, around, missing, weight, vector)


def choose(weighed: list[Candidate]) -> list[list[Candidate]]:
    """The sentences of the answer, in groups of what belongs together, the best group first.

    weighed: best first, not empty. Nothing is said twice.
    """
    chosen: list[Candidate] = []
    for candidate in weighed:
        if len(chosen) == _MOST or candidate.weight < _WEAKEST * weighed[0].weight:
            break
        repeated = next((i for i, c in enumerate(chosen) if _repeats(candidate, c)), None)
        if repeated is None:
            chosen.append(candidate)
        else:
            chosen[repeated] = _agreed(chosen[repeated], candidate)
    groups: list[list[Candidate]] = []
    for candidate in chosen:
        for group in groups:
            if float(candidate.vector @ group[0].vector) >= _RELATED:
                group.append(candidate)
                break
        else:
            groups.append([candidate])
    return groups


def _agreed(candidate: Candidate, other: Candidate) -> Candidate:
    """The sentence with one more document that says the same, if it is one more."""
    documents = {c.passage.document_id for c in (candidate, *candidate.same)}
    if other.passage.document_id in documents:
        return candidate
    return replace(candidate, same=(*candidate.same, other))


def _is_front_page(document: DocumentFacts, passage: ScoredPassage) -> bool:
    """Whether a passage is a printed patent's bibliography, which states facts but no findings."""
    return document.kind == "patent" and passage.section == "body"


def _repeats(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences say the same: alike, and with the same figures."""
    if " ".join(one.text.split()) == " ".join(other.text.split()):
        return True
    alike = float(one.vector @ other.vector) >= _SAME
    return alike and set(_NUMBER.findall(one.text)) == set(_NUMBER.findall(other.text))


def subject_terms(question: str) -> list[str]:
    """Terms that say what a question is about, without those that only ask.

    >>> subject_terms("Which binder is used with silicon anodes?")
    ['binder', 'silicon', 'anod']
    """
    return [term for term in query_terms(question) if term not in _ASKING]


def _rarities(library: Library, question: str) -> dict[str, float]:
    """The question's terms with their inverse document frequency (Robertson and Sparck Jones)."""
    asked = subject_terms(question)
    passages = max(library.counts()[1], 1)
    known = library.term_counts(asked)
    return {
        term: math.log(1 + (passages - known[term] + 0.5) / (known[term] + 0.5)) for term in asked
    }


def _names(question: str) -> tuple[str, ...]:
    """Figures, formulas, abbreviations and names: what an answer cannot leave out.

    Years are dates, and capitals mean nothing where most words have one.

    >>> _names("Does NMC811 with 95 mol% nickel swell at 0 °C since 2019?")
    ('NMC811', '95', '0')
    >>> _names("Was it tested on Mars?"), _names("Boron Oxide On Cathodes")
    (('Mars',), ())
    """
    names = [name for name in _NAME.findall(question) if not _YEAR.fullmatch(name)]
    words = question.split()
    capitals = _CAPITALISED.findall(" ".join(words[1:]))
    if len(capitals) * 2 < len(words):
        names += capitals
    return tuple(dict.fromkeys(names))


def _share(wanted: dict[str, float], text: str) -> float:
    have = set(terms(text))
    total = sum(wanted.values())
    return sum(weight for term, weight in wanted.items() if term in have) / total if total else 0.0
