"""What happens on the chart tab: each function answers one event with what changes on the page.

A stated error becomes a notice; nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.assistant import Assistant
from assistant.audit import saw
from assistant.claims import ReadClaim, limitation_lines, read_claim
from assistant.errors import AssistantError
from assistant.projects import ChartAsked, Projects
from assistant.web import chart_form, chart_session
from assistant.web.chart_components import ChartBar, ChartEditor
from assistant.web.chart_fields import ChartForm
from assistant.web.chart_save import subject_facts
from assistant.web.chart_session import Charting
from assistant.web.chart_view import REFERENCE, chart_view
from assistant.web.filter_form import plainly, read_filters
from assistant.web.holder import AssistantHolder
from assistant.web.html import escape, name_of, notice, one_line, tag
from assistant.web.refs import Session
from index.errors import LibraryError

# What a message advises that was written for the command line.
_IN_TERMINAL = "`prior-art list` shows all of them"
_STATED = (LibraryError, AssistantError)


@dataclass(frozen=True)
class ChartPage:
    """The tab: its parts, and the inputs and outputs of its events.

    memory: the session whose `charted` the quotations open. state: a Charting.
    """

    holder: AssistantHolder
    form: ChartForm
    bar: ChartBar
    editor: ChartEditor
    memory: gr.State
    project: Any
    user: Any
    state: Any = field(default_factory=lambda: gr.State(Charting()))

    @property
    def who(self) -> list[Any]:
        """The inputs that say where a chart is kept and who does it."""
        return [self.project, self.user]

    @property
    def look(self) -> list[Any]:
        """The inputs that say how a chart is shown."""
        return [self.memory, self.bar.view, self.bar.reference]

    @property
    def seen(self) -> list[Any]:
        """What `seen` sets, in its order."""
        bar = self.bar
        return [bar.box, bar.area, bar.reference, bar.keep, bar.told, self.memory]

    def projects(self, user: str | None) -> Projects:
        """The projects of the library, for a user as typed."""
        return self.holder.projects((user or "").strip() or None)

    def wrong(self, title: str, error: Exception) -> str:
        """A stated error as a notice, for people who see neither terminal nor server."""
        told = plainly(error).replace(_IN_TERMINAL, "the Library tab lists what there is")
        for folder in {self.holder.index, self.holder.index.resolve()}:
            told = told.replace(f"{folder}/", "")
        return notice(title, told.replace("name one with against, or ", "name one, or "))


def read_claim_box(
    page: ChartPage, charting: Charting, typed: str, number: str, name: str
) -> tuple[Any, ...]:
    """Read claim: state, what was read, the claim's box, its limitations."""
    try:
        if not typed.strip() and name.strip():
            return fetch_claim(page, charting, name, number)
        wanted = chart_form.claim_number(number)
        own = charting.read
        if own and own.document_id and chart_form.same_text(typed, charting.typed):
            # The text of a patent's claim as it was fetched: it stays that patent's claim.
            read = page.holder.assistant.claim(own.document_id, wanted or own.number)
        else:
            read = read_claim(typed, wanted)
    except _STATED as error:
        return (charting, page.wrong("The claim cannot be read", error), gr.skip(), gr.skip())
    return _read(page, charting, read, typed)


def fetch_claim(page: ChartPage, charting: Charting, name: str, number: str) -> tuple[Any, ...]:
    """The claim of a patent that is named, as `read_claim_box`."""
    try:
        wanted = chart_form.claim_number(number)
        read = chart_form.claim_named(page.holder.assistant, name, wanted)
    except _STATED as error:
        return (charting, page.wrong("The claim cannot be read", error), gr.skip(), gr.skip())
    return _read(page, charting, read, read.text)


def read_file(page: ChartPage, charting: Charting, path: str, number: str) -> tuple[Any, ...]:
    """The claim of a file, as `read_claim_box`; its other claims stay in the box."""
    try:
        wanted = chart_form.claim_number(number)
        read, text = chart_form.claim_of_file(page.holder.assistant, Path(path), wanted)
    except _STATED as error:
        return (charting, page.wrong("The file cannot be read", error), gr.skip(), gr.skip())
    return _read(page, charting, read, text)


def make_chart(page: ChartPage, charting: Charting, *values: Any) -> Iterator[tuple[Any, ...]]:
    """The chart as the form has it, twice: that it is being made, and how it came out.

    values: those of `who`, of `ChartForm.inputs` and of `look`. Sets the state, what the form
    tells, the claim, its limitations, and what `seen` sets.
    """
    (project, user), form, look = values[:2], values[2:-3], values[-3:]
    unchanged = (gr.skip(),) * (2 + len(page.seen))
    yield (charting, _working(form[4]), *unchanged)
    try:
        charting = _charted(page.holder.ready(), charting, *form)
    except _STATED as error:
        yield (charting, page.wrong("The chart cannot be made", error), *unchanged)
        return
    told = ""
    try:
        if project:
            assistant = page.holder.assistant
            kept = chart_session.keep(charting, assistant.library, page.projects(user), project)
            saw(assistant, "chart", kept.chart)
            charting = kept
    except _STATED as error:
        told = page.wrong("The chart is made, but the project does not keep it", error)
    lines = limitation_lines(charting.read) if charting.read else gr.skip()
    yield (charting, told, charting.typed, lines, *seen(page, charting, *look))


def _charted(assistant: Assistant, charting: Charting, *form: Any) -> Charting:
    """The session with the chart that the form asks for. Raises what a notice tells."""
    claim, number, name, lines, references, count, date, *filters = form
    wanted = chart_form.claim_number(number)
    if not claim.strip() and name.strip() and not lines.strip():
        read = chart_form.claim_named(assistant, name, wanted)
        charting = replace(charting, read=read, typed=read.text)
        claim, lines = read.text, limitation_lines(read)
    subject = chart_form.subject(charting, claim, wanted, lines)
    names = chart_form.reference_names(references)
    chart_form.check_references(assistant, names)
    k = 5 if names else chart_form.count_of(count)
    asked = ChartAsked(subject, names, k, read_filters(*filters), (date or "").strip() or None)
    chart = assistant.chart(subject, names, k, asked.filters, asked.subject_date)
    return replace(charting, read=subject, typed=claim).charted(chart, asked)


def seen(
    page: ChartPage, charting: Charting, memory: Session, view: str, reference: str | None
) -> tuple[Any, ...]:
    """What shows a chart: the bar, the area, the choice of a reference, what opens."""
    chart = charting.chart
    if chart is None:
        return (gr.update(visible=False), "", gr.skip(), gr.skip(), "", memory)
    ids = [facts.id for facts in chart.references]
    reference = reference if reference in ids else ids[0]
    names = [(f"{name_of(f)}: {one_line(f.title, 60)}", f.id) for f in chart.references]
    choice = gr.update(choices=names, value=reference, visible=view == REFERENCE)
    html = chart_view(charting, view, reference, subject_facts(page.holder, charting))
    keep = gr.update(visible=charting.entry is None and charting.asked is not None)
    memory = replace(memory, charted=chart_session.quoted(chart)[1])
    return (gr.update(visible=True), html, choice, keep, "", memory)


def _read(page: ChartPage, charting: Charting, read: ReadClaim, typed: str) -> tuple[Any, ...]:
    """A claim that was read: what it is, its notices, its limitations to edit."""
    charting = replace(charting, read=read, typed=typed)
    own = page.holder.assistant.library.facts_of([read.document_id] if read.document_id else [])
    whose = "".join(f" of {name_of(facts)}" for facts in own.values())
    above = [str(number) for number in read.chain if number != read.number]
    takes = f", with claim {', '.join(above)} that it depends on" if above else ""
    count = len(read.limitations)
    told = f"Claim {read.number}{whose}{takes}: {count} limitation{'' if count == 1 else 's'}."
    items = "".join(tag("li", escape(text[:1].upper() + text[1:])) for text in read.notices)
    html = tag("strong", escape(told)) + (tag("ul", items) if items else "")
    css = "pa-notice pa-told" if items else "pa-notice pa-done"
    return (charting, tag("div", html, css=css, role="status"), typed, limitation_lines(read))


def _working(references: str) -> str:
    named = len(chart_form.reference_names(references))
    against = f"{named} reference{'' if named == 1 else 's'}" if named else "the closest references"
    text = f"Holding the claim against {against} …"
    return tag("p", escape(text), css="pa-searching", role="status")
