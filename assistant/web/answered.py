"""An answer as HTML: who says what, its chips, values in a table, sources, what was dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.records import Answer, Citation, Dropped, Row, Statement
from assistant.web.html import escape, model_name, notice, one_line, opener, place, tag
from assistant.web.refs import answer_ref, row_ref

# Words that appear together while an answer unfolds.
_WORDS_AT_ONCE = 4
_COLUMNS = ("What", "Value", "Unit", "Condition", "Source")


def answered(turn: int, answer: Answer, *, live: bool, whole: bool) -> str:
    """The answer of a turn. live: whether it unfolds; whole: False while it is still written.

    All of it is in the page at once; the style sheet lets its words appear one after the other,
    unless the reader's system asks for less motion.
    """
    body = tag("div", *_paragraphs(turn, answer.statements, live=live), css="pa-answer")
    if not whole:
        return body
    told = _notice(answer) + body + _written(answer)
    rest = _table(turn, answer) + _sources(turn, answer) + _dropped(answer)
    if not live or answer.generator:
        return told + rest
    last = sum(_steps(statement) for statement in answer.statements)
    return told + tag("div", rest, css="pa-unfold", style=_at(last))


def _paragraphs(turn: int, statements: Sequence[Statement], *, live: bool) -> Iterator[str]:
    """A paragraph for each one who speaks, what differs below a line that says so."""
    step, differs = 0, False
    texts: list[str] = []
    for number, statement in enumerate(statements):
        begins = statement.role == "differs" and not differs
        if texts and (statement.frame or begins):
            yield _paragraph(texts, differs=differs)
            texts = []
        if begins:
            differs = True
            yield tag("h3", _part("Sources differ", "", step if live else None), css="pa-differ")
        # A generated sentence comes by itself, so its words begin to appear at once.
        start = 0 if statement.generated else step
        texts.append(_statement(turn, number, statement, start if live else None))
        step += _steps(statement)
    if texts:
        yield _paragraph(texts, differs=differs)


def _steps(statement: Statement) -> int:
    """Moments that a statement takes to unfold."""
    return len(statement.text.split()) // _WORDS_AT_ONCE + 1


def _paragraph(texts: Sequence[str], *, differs: bool) -> str:
    return tag("p", " ".join(texts), css="pa-differs" if differs else None)


def _statement(turn: int, number: int, statement: Statement, start: int | None) -> str:
    """Frame, sentence and chips. start: when its words appear; None shows them at once."""
    before, after = statement.cut
    sentence = f"{'… ' if before else ''}{one_line(statement.text)}{' …' if after else ''}"
    shown = escape(sentence) if start is None else _unfolding(sentence, start)
    if statement.role == "lead":
        shown = tag("strong", shown, css="pa-lead")
    refs = (answer_ref(turn, number, i) for i in range(len(statement.citations)))
    # A chip must not start a line without the word that it belongs to.
    chips = ["&#8288;", *(_chip(r, c) for r, c in zip(refs, statement.citations, strict=True))]
    end = None if start is None else start + _steps(statement)
    said = _part(escape(statement.frame), "pa-frame", start) if statement.frame else ""
    return f"{said} {shown}{_part('&nbsp;'.join(chips), 'pa-chips', end)}".lstrip()


def _part(content: str, css: str, start: int | None) -> str:
    """A part of a statement that appears in one piece."""
    if start is None:
        return tag("span", content, css=css or None)
    return tag("span", content, css=f"{css} pa-unfold".lstrip(), style=_at(start))


def _unfolding(sentence: str, start: int) -> str:
    words = sentence.split(" ")
    groups = [" ".join(words[i : i + _WORDS_AT_ONCE]) for i in range(0, len(words), _WORDS_AT_ONCE)]
    return " ".join(_part(escape(group), "pa-words", start + i) for i, group in enumerate(groups))


def _at(step: int) -> str:
    return f"--pa-at:{step}"


def _chip(ref: str, citation: Citation) -> str:
    label = f"Source {citation.key}: {citation.number or citation.title}"
    return opener(
        ref, escape(f"[{citation.key}]"), label=label, tip=one_line(citation.quote), css="pa-chip"
    )


def _notice(answer: Answer) -> str:
    if not answer.notice:
        return ""
    title = "About what the model wrote" if answer.generator else "Not worded by the model"
    return notice(title, answer.notice)


def _written(answer: Answer) -> str:
    if not answer.generator:
        return ""
    name = model_name(answer.generator)
    text = f"Written by {name}; every sentence was checked against its passages."
    return tag("p", escape(text), css="pa-muted pa-written")


def _table(turn: int, answer: Answer) -> str:
    """The values, with a row for each. Scrolls sideways by itself where it is too wide."""
    if not answer.table:
        return ""
    head = tag("tr", *(tag("th", name, scope="col") for name in _COLUMNS))
    rows = (_row(turn, number, answer.statements, row) for number, row in enumerate(answer.table))
    table = tag(
        "table",
        tag("caption", "Values that these sources state"),
        tag("thead", head),
        tag("tbody", *rows),
    )
    return tag(
        "div", table, css="pa-values", role="region", aria_label="Table of values", tabindex=0
    )


def _row(turn: int, number: int, statements: Sequence[Statement], row: Row) -> str:
    if row.citations:
        chips = [_chip(row_ref(turn, number, i), c) for i, c in enumerate(row.citations)]
    else:
        chips = [_chip(*_cited(turn, statements, row, key)) for key in row.keys]
    source = f"{escape(row.source)}&#8288;{'&nbsp;'.join(['', *chips])}"
    cells = (row.value, row.unit, row.condition)
    return tag(
        "tr",
        tag("th", escape(row.material or "—"), scope="row"),
        *(tag("td", escape(cell)) for cell in cells),
        tag("td", source),
    )


def _cited(turn: int, statements: Sequence[Statement], row: Row, key: str) -> tuple[str, Citation]:
    """The citation with a row's key, of the sentence that has its value if several have the key."""
    found = [
        (row.value in one_line(statement.text), answer_ref(turn, i, j), citation)
        for i, statement in enumerate(statements)
        for j, citation in enumerate(statement.citations)
        if citation.key == key
    ]
    _, ref, citation = max(found, key=lambda one: one[0])
    return ref, citation


def _sources(turn: int, answer: Answer) -> str:
    headings = {p.id: p.heading for hit in answer.hits for p in hit.passages}
    kinds = {hit.document.id: hit.document.kind for hit in answer.hits}
    seen: dict[str, str] = {}
    for ref, c in _cited_in(turn, answer):
        if c.key not in seen:
            where = place(c.section, headings.get(c.passage_id), c.claim, c.paragraph, c.page)
            name = c.number or kinds.get(c.document_id, "")
            seen[c.key] = tag("li", _source(ref, c, name, where))
    return tag("section", tag("h3", "Sources"), tag("ol", *seen.values()), css="pa-sources")


def _cited_in(turn: int, answer: Answer) -> Iterator[tuple[str, Citation]]:
    """All citations with their references, those of the statements before those of the table."""
    for i, statement in enumerate(answer.statements):
        yield from ((answer_ref(turn, i, j), c) for j, c in enumerate(statement.citations))
    for i, row in enumerate(answer.table):
        yield from ((row_ref(turn, i, j), c) for j, c in enumerate(row.citations))


def _source(ref: str, citation: Citation, name: str, where: str) -> str:
    return opener(
        ref,
        tag("span", escape(f"[{citation.key}]"), css="pa-key"),
        tag("span", escape(name), css="pa-number"),
        tag("span", escape(one_line(citation.title, 120)), css="pa-title"),
        tag("span", escape(where), css="pa-place"),
        css="pa-source",
    )


def _dropped(answer: Answer) -> str:
    """What a model wrote and the gate removed, with the reasons."""
    if not answer.dropped:
        return ""
    count = len(answer.dropped)
    text = f"{count} sentence{'' if count == 1 else 's'} of the model left out, and why"
    items = (_left_out(dropped) for dropped in answer.dropped)
    return tag("details", tag("summary", text), tag("ul", *items), css="pa-dropped")


def _left_out(dropped: Dropped) -> str:
    sentence = tag("q", escape(one_line(dropped.text)))
    return tag("li", sentence, tag("span", escape(dropped.reason), css="pa-muted"))
