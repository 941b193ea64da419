"""Weigh the sentences of found passages against what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answers.asked import Asked
from assistant.answers.figures import has_figure, met, typed
from assistant.answers.model import SENTENCE, linear, logistic
from assistant.answers.needs import Need, Surface, covered, unmet
from assistant.answers.places import heading, least, materials, named, place_of
from assistant.cutting import Piece, is_bibliography, pieces
from index.encoder import Vectors
from index.library import Library
from index.records import Hit, ScoredPassage
from ingest.facts import DocumentFacts

# Sentences that are encoded, which is what takes the time.
_ENCODED = 72


@dataclass(frozen=True)
class Signs:
    """What speaks for a sentence, each about 0 to 1; the inputs of the fitted model.

    Attributes:
        meaning: cosine with the question. passage: score of its passage in the search.
        words, near, around, document: share of the question's needs, by rarity, in the sentence;
            in it and its neighbours; in its passage, heading and title; in all passages found of
            the document.
        property, near_property: share of what is asked for, in it, and with its neighbours.
        subject, things: share of the other needs, and of all things, in its passage.
        names: share of the names that are named around.
        typed: whether it states a figure of the asked dimension (1), another, or none (0).
        conditions: share of the question's figures that it meets, or that its passage does.
        title: share of the subject in the document's title and parties.
        first: 1 over the document's rank. claim: whether it is a claim. length: in words, of 40.
        weakest: the least of near_property, subject, things, typed and conditions.
        least: 1, less what the worst need lacks: its rarity, and how far off it is named.
        materials: whether all of them are named in it, its neighbours, the heading or the title.
        named: share of the materials and names that are named around, each counting the same.
        condition: how well the figure of the question that is met worst is met.
    """

    meaning: float
    passage: float
    words: float
    near: float
    around: float
    property: float
    names: float
    typed: float
    conditions: float
    title: float
    first: float
    claim: float
    length: float
    near_property: float
    subject: float
    things: float
    document: float
    weakest: float
    least: float
    materials: float
    named: float
    condition: float


@dataclass(frozen=True)
class Candidate:
    """A sentence that might answer.

    Attributes:
        text: verbatim; start: its first character in passage.text.
        cut: whether the sentence goes on before, and after, the text.
        document: whose it is. rank: of the document in the search, 1-based.
        signs: what speaks for it. chance: that it states an answer, under the fitted model.
        weight: its logit, moved by what a cross-encoder says; higher is better.
        missing: needs of the question that stand nowhere around it.
        vector: of the sentence.
        same: sentences of other documents that say the same.
    """

    text: str
    start: int
    cut: tuple[bool, bool]
    passage: ScoredPassage
    document: DocumentFacts
    rank: int
    signs: Signs
    missing: tuple[Need, ...]
    chance: float
    weight: float
    vector: Vectors
    same: tuple[Candidate, ...] = ()

    def shown(self) -> str:
        """The sentence on one line; an ellipsis says where it goes on."""
        line = " ".join(self.text.split())
        before, after = self.cut
        return f"{'… ' if before else ''}{line}{' …' if after else ''}"


@dataclass(frozen=True)
class _Found:
    """A piece of a passage before it is weighed."""

    hit: Hit
    passage: ScoredPassage
    piece: Piece
    around: Surface
    near: Surface
    heads: Surface
    whole: Surface

    @property
    def text(self) -> str:
        return self.passage.text[self.piece[0] : self.piece[1]]


def candidates(library: Library, asked: Asked, hits: Sequence[Hit]) -> list[Candidate]:
    """The sentences of the hits' passages that share most with the question, best first."""
    found = [piece for hit in hits for piece in _pieces(hit)]
    if not found:
        return []
    # A sentence without the question's words, in a passage about something else, cannot answer.
    found = _distinct(found)
    found.sort(key=lambda f: -_promise(asked, f))
    found = found[:_ENCODED]
    vectors = library.encoder.encode_passages([f.text for f in found])
    weighed = [_weigh(asked, f, v) for f, v in zip(found, vectors, strict=True)]
    weighed = read_again(library, asked, weighed)
    return sorted(weighed, key=lambda c: (-c.weight, c.rank, c.passage.id, c.start))


def read_again(library: Library, asked: Asked, weighed: list[Candidate]) -> list[Candidate]:
    """The same with the library's cross-encoder, if it has one, reading the best ones."""
    if library.reranker is None or len(weighed) < 3:
        return weighed
    best = sorted(weighed, key=lambda c: -c.weight)[:_READ]
    scores = library.reranker.score(asked.text, [c.text for c in best])
    spread = float(np.std(scores)) or 1.0
    standard = (scores - float(np.mean(scores))) / spread
    own = float(np.std([c.weight for c in best])) or 1.0
    moved = {
        id(c): replace(c, weight=c.weight + _READ_SHARE * own * float(s))
        for c, s in zip(best, standard, strict=True)
    }
    return [moved.get(id(c), c) for c in weighed]


# Sentences that a cross-encoder reads, and its share; it gained nothing in benchmarks/ranking.md.
_READ, _READ_SHARE = 12, 0.3


def _pieces(hit: Hit) -> list[_Found]:
    document = hit.document
    title = heading(document)
    read = [p for p in hit.passages if not _states_nothing(document, p)]
    whole = Surface(title, *(text for p in read for text in (p.heading or "", p.text)))
    found = []
    for passage in read:
        around = Surface(title, passage.heading or "", passage.text)
        heads = Surface(title, passage.heading or "")
        cut = list(pieces(passage.text))
        for place, piece in enumerate(cut):
            beside = cut[max(place - 1, 0) : place + 2]
            near = Surface(*(passage.text[start:end] for start, end, _ in beside))
            found.append(_Found(hit, passage, piece, around, near, heads, whole))
    return found


def _distinct(found: list[_Found]) -> list[_Found]:
    """One piece for each wording of a document: passages overlap."""
    seen: dict[tuple[str, str], _Found] = {}
    for piece in found:
        seen.setdefault((piece.hit.document.id, " ".join(piece.text.split())), piece)
    return list(seen.values())


def _states_nothing(document: DocumentFacts, passage: ScoredPassage) -> bool:
    """Whether a passage is a printed patent's front page, or a list of references."""
    front_page = document.kind == "patent" and passage.section == "body"
    return front_page or is_bibliography(passage.text, passage.heading)


def _promise(asked: Asked, found: _Found) -> float:
    own = Surface(found.text)
    value = 0.15 if asked.wants_value and has_figure(found.text) else 0.0
    return (
        0.45 * covered(asked.needs, own)
        + 0.25 * covered(asked.needs, found.around)
        + 0.3 * found.passage.score
        + value
    )


def _weigh(asked: Asked, found: _Found, vector: Vectors) -> Candidate:
    signs = _signs(asked, found, max(float(vector @ asked.vector), 0.0))
    missing = unmet(asked.needs, found.around)
    start, _, cut = found.piece
    weight = linear(SENTENCE, vars(signs))
    chance = logistic(weight)
    return Candidate(
        found.text, start, cut, found.passage, found.hit.document, found.hit.rank, signs, missing,
        chance, weight, vector,
    )  # fmt: skip


def _signs(asked: Asked, found: _Found, meaning: float) -> Signs:
    own = Surface(found.text)
    stated = typed(asked, found.text)
    wanted = asked.wanted or asked.needs
    if stated == 1:
        wanted = tuple(need for need in wanted if need not in asked.said)
    near_property = covered(wanted, found.near)
    subject, things = covered(asked.subject, found.around), covered(asked.things, found.around)
    around = (own, found.near, found.heads, found.around, found.whole)
    places = {need: place_of(need, around) for need in asked.needs}
    shares = met(asked, found.text, " . ".join(found.around.texts))
    conditions = sum(shares) / len(shares) if shares else 1.0
    return Signs(
        meaning=meaning,
        passage=found.passage.score,
        words=covered(asked.needs, own),
        near=covered(asked.needs, found.near),
        around=covered(asked.needs, found.around),
        property=covered(wanted, own),
        names=covered(asked.names, found.around),
        typed=stated,
        conditions=conditions,
        title=covered(asked.subject, Surface(heading(found.hit.document))),
        first=1 / found.hit.rank,
        claim=float(found.passage.section == "claims"),
        near_property=near_property,
        subject=subject,
        things=things,
        document=covered(asked.needs, found.whole),
        weakest=min(near_property, subject, things, stated, conditions),
        least=least(places, asked.needs),
        materials=materials(places, asked.needs),
        named=named(places, asked.names, asked.needs),
        condition=min(shares, default=1.0),
        length=min(len(found.text.split()) / 40, 1.0),
    )
