"""A conversation as HTML: questions, growing answers with their chips, sources, refusals."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import REFUSED, Answer, Citation, Statement
from assistant.web.html import (
    escape,
    label_badge,
    name_of,
    notice,
    one_line,
    opener,
    passage_place,
    place,
    tag,
)
from assistant.web.refs import Session, Turn, answer_ref, closest_ref
from index.records import Filters

# Documents listed under a refusal.
_CLOSEST = 4


@dataclass(frozen=True)
class Piece:
    """One sentence of an answer as shown. statement: its position, 0-based.

    opens_paragraph: whether it begins a new one. cut: whether the document's sentence goes on.
    """

    statement: int
    text: str
    cut: bool
    opens_paragraph: bool


def conversation(session: Session, words: int | None = None) -> str:
    """All turns. words: how much of the last answer is shown so far; None shows all of it."""
    last = len(session.turns) - 1
    shown = [_turn(i, t, words if i == last else None) for i, t in enumerate(session.turns)]
    return tag("div", *shown, css="pa-conversation")


def word_count(answer: Answer) -> int:
    """Words that an answer grows through before it is complete."""
    return sum(len(piece.text.split()) for piece in pieces(answer))


def pieces(answer: Answer) -> list[Piece]:
    """The sentences of an answer with the paragraphs that its text puts them in."""
    found: list[Piece] = []
    position = 0
    for number, statement in enumerate(answer.statements):
        line = one_line(statement.text)
        at = answer.text.find(line, position)
        between = answer.text[position:at] if at >= 0 else ""
        end = at + len(line) if at >= 0 else position
        cut = answer.text[end : end + 2] == " …"
        shown = f"… {line}" if between.endswith("… ") else line
        found.append(Piece(number, shown, cut, not found or "\n\n" in between))
        position = end
    return found


def _turn(number: int, turn: Turn, words: int | None) -> str:
    question = tag("div", tag("p", escape(turn.question)), css="pa-question")
    return tag("article", question, tag("div", _reply(number, turn, words), css="pa-reply"))


def _reply(number: int, turn: Turn, words: int | None) -> str:
    limits = _limits(turn.filters)
    if turn.error is not None:
        return limits + notice("This cannot be searched", turn.error)
    if turn.answer is None:
        text = f"Searching {_documents(turn.documents)} …"
        return limits + tag("p", escape(text), css="pa-searching", role="status")
    if turn.answer.status == REFUSED:
        return limits + _refusal(number, turn.answer)
    return limits + _answer(number, turn.answer, words)


def _answer(number: int, answer: Answer, words: int | None) -> str:
    left = word_count(answer) if words is None else words
    paragraphs: list[str] = []
    for piece in pieces(answer):
        if left <= 0:
            break
        sentence = piece.text.split()
        text = escape(" ".join(sentence[:left]))
        if left >= len(sentence):
            text += " …" if piece.cut else ""
            text += _chips(number, piece.statement, answer.statements[piece.statement])
        left -= len(sentence)
        if piece.opens_paragraph:
            paragraphs.append(text)
        else:
            paragraphs[-1] += f" {text}"
    body = "".join(tag("p", paragraph) for paragraph in paragraphs)
    sources = _sources(number, answer) if words is None else ""
    busy = "true" if words is not None else None
    return tag("div", body, css="pa-answer", aria_live="polite", aria_busy=busy) + sources


def _chips(turn: int, number: int, statement: Statement) -> str:
    chips = [
        opener(
            answer_ref(turn, number, i),
            escape(f"[{citation.key}]"),
            label=f"Source {citation.key}: {citation.number or citation.title}",
            css="pa-chip",
        )
        for i, citation in enumerate(statement.citations)
    ]
    # A chip must not start a line without the word that it belongs to.
    return "&#8288;" + "&nbsp;".join(["", *chips])


def _sources(turn: int, answer: Answer) -> str:
    headings = {p.id: p.heading for hit in answer.hits for p in hit.passages}
    seen: dict[str, str] = {}
    for i, statement in enumerate(answer.statements):
        for j, citation in enumerate(statement.citations):
            if citation.key not in seen:
                heading = headings.get(citation.passage_id)
                seen[citation.key] = _source(answer_ref(turn, i, j), citation, heading)
    items = tag("ol", *(tag("li", source) for source in seen.values()))
    return tag("section", tag("h3", "Sources"), items, css="pa-sources")


def _source(ref: str, citation: Citation, heading: str | None) -> str:
    where = place(citation.section, heading, citation.claim, citation.paragraph, citation.page)
    return opener(
        ref,
        tag("span", escape(f"[{citation.key}]"), css="pa-key"),
        tag("span", escape(citation.number or "report"), css="pa-number"),
        tag("span", escape(one_line(citation.title, 120)), css="pa-title"),
        tag("span", escape(where), css="pa-place"),
        css="pa-source",
    )


def _refusal(turn: int, answer: Answer) -> str:
    reason = (answer.reason or answer.text).removeprefix("No answer: ")
    reason = reason[:1].upper() + reason[1:]
    return notice("No answer found in the library", reason, "pa-refusal") + _closest(turn, answer)


def _closest(turn: int, answer: Answer) -> str:
    if not answer.hits:
        return ""
    items = []
    for i, hit in enumerate(answer.hits[:_CLOSEST]):
        button = opener(
            closest_ref(turn, i, 0),
            tag("span", escape(name_of(hit.document)), css="pa-number"),
            tag("span", escape(one_line(hit.document.title, 120)), css="pa-title"),
            label_badge(hit.document.label),
            tag("span", escape(passage_place(hit.passages[0], hit.document.title)), css="pa-place"),
            css="pa-source",
        )
        items.append(tag("li", button))
    return tag("section", tag("h3", "Closest documents"), tag("ol", *items), css="pa-sources")


def _limits(filters: Filters) -> str:
    if not filters:
        return ""
    given = [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in vars(filters).items()
        if value and name not in ("date", "before", "after")
    ]
    if filters.after:
        given.append(f"{filters.date} after {filters.after}")
    if filters.before:
        given.append(f"{filters.date} before {filters.before}")
    return tag("p", escape("Limited to " + " · ".join(given)), css="pa-limits")


def _documents(count: int) -> str:
    return f"{count:,} document{'' if count == 1 else 's'}"
