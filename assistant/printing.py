"""Results as lines of text for people. JSON is made by the records themselves."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence

from rich.cells import cell_len

from assistant.date_gate import Dated
from assistant.doctor import Diagnosis
from assistant.reasons import meant, reasons_line
from assistant.show import ShownDocument
from index.evaluate import MEASURES, Evaluation
from index.records import ScoredPassage, SearchResult
from index.reembedding import ReembedReport
from index.update import IngestReport
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.numbers import PatentNumber

_WIDTH = 96
_REASONS_SHOWN = 20
_COPIES_SHOWN = 10
_PASSAGE_CHARS = 420


def ingest_lines(report: IngestReport) -> list[str]:
    """Counts first, then what was rejected."""
    lines = [
        f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.removed} removed, {len(report.rejected)} rejected in {report.seconds:.1f} s",
        f"{report.index}: {report.documents} documents, {report.passages} passages",
    ]
    copies = [f"the same document twice: {d.source} = {d.same_as}" for d in report.duplicates]
    lines += copies[:_COPIES_SHOWN]
    if len(copies) > _COPIES_SHOWN:
        lines.append(f"... and {len(copies) - _COPIES_SHOWN} more copies")
    if report.rejected:
        counts = Counter(rejection.error for rejection in report.rejected)
        lines.append("rejected: " + ", ".join(f"{n} {error}" for error, n in counts.most_common()))
        lines += [f"  {line}" for line in rejected_lines(report.rejected[:_REASONS_SHOWN])]
        if len(report.rejected) > _REASONS_SHOWN:
            lines.append("  ... all of them: prior-art list --rejected")
    return lines


def search_lines(result: SearchResult, dated: Sequence[Dated] = ()) -> list[str]:
    """Hits with their best passages, and how they stand to a subject's date."""
    lines = []
    classed = {one.document_id: one for one in dated}
    if result.understood:
        found = f"{result.matching} of {result.searched} documents match: {result.understood}"
        lines += ["", *textwrap.wrap(found, _WIDTH)]
    for line in meant(result):
        lines += textwrap.wrap(line, _WIDTH, subsequent_indent="  ")
    for hit in result.hits:
        lines += ["", f"{hit.rank:>3}. {_name(hit.document)}   {hit.score:.3f}"]
        if one := classed.get(hit.document.id):
            rules = f" ({', '.join(one.rules)})" if one.rules else ""
            lines += textwrap.wrap(
                f"{one.category}{rules}: {one.reason}",
                _WIDTH,
                initial_indent="     ",
                subsequent_indent="       ",
            )
        if hit.members:
            lines.append("     family: " + ", ".join(m.number or m.id for m in hit.members))
        if reasons := reasons_line(hit.why):
            lines += textwrap.wrap(
                reasons, _WIDTH, initial_indent="     ", subsequent_indent="       "
            )
        for passage in hit.passages:
            text = " ".join(passage.text.split())
            text = textwrap.shorten(text, _PASSAGE_CHARS, placeholder=" …")
            wrapped = textwrap.wrap(f"[{_place(passage)}] {text}", _WIDTH - 5)
            lines += [f"     {line}" for line in wrapped]
    if not result.hits:
        lines.append(f"nothing found in {result.searched} documents")
    if result.undated:
        lines += ["", f"{result.undated} documents left out: their date is unknown"]
    return lines[1:] if lines and not lines[0] else lines


def document_lines(shown: ShownDocument) -> list[str]:
    """The whole document."""
    document = shown.document
    facts = document.facts
    lines = [_name(facts)]
    lines += [f"{name}: {value}" for name, value in _facts(facts) if value]
    for section in document.sections:
        lines += ["", (section.heading or section.kind).upper()]
        for paragraph in section.paragraphs:
            number = f"[{paragraph.number}] " if paragraph.number else ""
            text = document.text[paragraph.start : paragraph.end]
            lines += textwrap.wrap(number + " ".join(text.split()), _WIDTH)
    if document.claims:
        lines += ["", "CLAIMS"]
    for claim in document.claims:
        text = " ".join(document.text[claim.start : claim.end].split())
        lines += textwrap.wrap(f"{claim.number}. {text}", _WIDTH, subsequent_indent="   ")
    return lines


def list_lines(documents: Sequence[DocumentFacts]) -> list[str]:
    """One line for each document."""
    if not documents:
        return ["no documents"]
    return [f"{facts.id}  {facts.kind:<6}  {_name(facts)}" for facts in documents]


def number_lines(numbers: Sequence[PatentNumber]) -> list[str]:
    """One aligned line for each text: the text, its canonical form, what is to be said of it."""
    texts = [_one_line(number.input) for number in numbers]
    # Cells, not characters: Japanese and Korean marks are two wide.
    width = max((cell_len(text) for text in texts), default=0)
    forms = [(number.canonical or "-").ljust(18) for number in numbers]
    return [
        f"{text}{' ' * (width - cell_len(text))}  {form}  {_remark(number)}".rstrip()
        for text, form, number in zip(texts, forms, numbers, strict=True)
    ]


def _remark(number: PatentNumber) -> str:
    if not number.valid:
        reason = number.reason or ""
        return reason if reason.startswith("not a") else f"not a patent number: {reason}"
    if not number.ambiguous:
        return number.type or ""
    meant = f" ({', '.join(number.candidates)})" if len(number.candidates) > 1 else ""
    return f"ambiguous{meant}: {number.reason}"


def rejected_lines(rejected: Sequence[Rejection]) -> list[str]:
    """What is not in the index, line by line, and what to do about each class of error."""
    if not rejected:
        return ["nothing was rejected"]
    lines = [
        f"{_one_line(r.source)}: {r.error}: {_one_line(r.message)}"
        + (f" (last tried {r.when[:16].replace('T', ' ')})" if r.when else "")
        for r in rejected
    ]
    remedies = {r.error: r.remedy for r in rejected}
    return [*lines, "what to do:", *(f"  {error}: {text}" for error, text in remedies.items())]


def evaluation_lines(evaluation: Evaluation) -> list[str]:
    """A table of systems and measures for each of the models, and the gains over the first."""
    lines = [
        f"{evaluation.dataset}: {evaluation.documents} documents, {evaluation.queries} queries, "
        f"{evaluation.seconds:.0f} s",
    ]
    for models in (evaluation.first, *evaluation.others):
        lines.append(models.name)
        lines.append(f"{'':10}" + "".join(f"{name:>26}" for name in MEASURES))
        for name, scores in models.systems.items():
            cells = [_with_interval(f"{scores.means[m]:.4f}", scores.ci95[m]) for m in MEASURES]
            mark = "*" if name == evaluation.default else " "
            lines.append(f"{name + mark:10}" + "".join(f"{cell:>26}" for cell in cells))
            if gains := models.paired.get(name):
                cells = [_with_interval(f"{gains[m].gain:+.4f}", gains[m].ci95) for m in MEASURES]
                lines.append(f"{'  gain':10}" + "".join(f"{cell:>26}" for cell in cells))
                chances = "".join(f"{gains[m].p:>26.4f}" for m in MEASURES)
                lines.append(f"{'  p':10}{chances}")
    note = "* what search uses; 95 % bootstrap intervals"
    if evaluation.others:
        note += "; gain over the first models, p of Fisher's paired randomisation test"
    return [*lines, note]


def _with_interval(value: str, interval: tuple[float, float]) -> str:
    return f"{value} [{interval[0]:.4f}, {interval[1]:.4f}]"


def reembed_lines(report: ReembedReport) -> list[str]:
    """What is in use now, and what is kept."""
    lines = [
        f"{report.encoder} is in use: {report.encoded} of {report.passages} passages encoded in "
        f"{report.seconds:.1f} s"
    ]
    lines += [
        f"kept: {name}; `prior-art reembed --encoder {name}` goes back" for name in report.kept
    ]
    return lines + [f"dropped: {name}" for name in report.dropped]


def diagnosis_lines(diagnosis: Diagnosis) -> list[str]:
    """One line for each check, with the remedy where one is needed."""
    lines = []
    for check in diagnosis.checks:
        lines.append(f"{check.status:<5} {check.name}: {check.detail}")
        if check.remedy:
            lines.append(f"      remedy: {check.remedy}")
    return lines


def _name(facts: DocumentFacts) -> str:
    label = f" [{facts.label}]" if facts.label else ""
    return f"{facts.number or facts.id}  {facts.title}{label}"


def _facts(facts: DocumentFacts) -> list[tuple[str, str | None]]:
    return [
        ("parties", "; ".join(facts.parties)),
        ("inventors", "; ".join(facts.inventors)),
        ("legal kind", facts.legal_kind),
        ("application", facts.application_number),
        (
            "priorities",
            "; ".join(f"{p.country} {p.number} {p.date or ''}".strip() for p in facts.priorities),
        ),
        ("priority", facts.priority_date),
        ("filed", facts.filing_date),
        ("published", facts.publication_date),
        ("classes", ", ".join(facts.cpc)),
        ("family", facts.family),
        ("language", facts.language),
        ("id", facts.id),
        ("source", _one_line(facts.source)),
    ]


def _place(passage: ScoredPassage) -> str:
    parts = [f"claim {passage.claim}" if passage.claim else passage.section]
    if passage.heading:
        parts.append(textwrap.shorten(passage.heading, 40, placeholder=" …"))
    if passage.paragraph:
        parts.append(f"paragraph {passage.paragraph}")
    if passage.first_page:
        last = f"-{passage.last_page}" if passage.last_page != passage.first_page else ""
        parts.append(f"page {passage.first_page}{last}")
    if passage.ocr_confidence is not None:
        parts.append(f"OCR {passage.ocr_confidence:.2f}")
    return ", ".join(parts)


def _one_line(path: str) -> str:
    """A path that may hold line breaks, so that a list stays one line for each."""
    return path.replace("\n", "\\n").replace("\r", "\\r")
