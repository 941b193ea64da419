"""How two results of the same search, question or chart differ. Knows nothing of why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chart.records import Cell, Chart
from assistant.projects.bare import bare_answer, bare_understood
from assistant.projects.bodies import machine_status
from assistant.projects.places import hashed

Ranking = Sequence[Mapping[str, Any]]

# Scores are float32 sums; another number of threads adds in another order and rounds otherwise.
ROUNDING = 1e-5
_SHOWN = 10


@dataclass(frozen=True)
class Changes:
    """What changed. lines: in words, none where nothing did.

    entered, left: ids of documents that are in the ranking or the chart now only, and no longer.
    rounding: nothing but scores changed, and by less than ROUNDING.
    """

    lines: tuple[str, ...] = ()
    entered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    rounding: bool = False


def compare_searches(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Two bodies of searches."""
    old, new = _comparable(old), _comparable(new)
    ranking = _Ranking(old["hits"], new["hits"])
    lines = [*_understanding(old, new), *ranking.lines()]
    return _changes(lines, ranking.gap(), ranking.was, ranking.is_, _equal(old, new, "hits"))


def compare_answers(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Two bodies of questions."""
    old, new = _comparable(old), _comparable(new)
    was, is_ = old["answer"], new["answer"]
    lines = list(_understanding(old, new))
    for name in ("status", "refusal"):
        if was[name] != is_[name]:
            lines.append(f"{name}: {was[name]} -> {is_[name]}")
    if _quotes(was) != _quotes(is_):
        gone = _names(_cited(was) - _cited(is_))
        come = _names(_cited(is_) - _cited(was))
        lines.append(f"other quotes; cited no longer: {gone}; cited now: {come}")
    elif was["text"] != is_["text"]:
        lines.append("the same quotes in other words or another order")
    elif was["reason"] != is_["reason"]:
        lines.append("the reason of the refusal is another")
    rest = [name for name in ("statements", "table", "dropped") if was[name] != is_[name]]
    if rest and not lines:
        lines.append(f"details of the answer: {', '.join(rest)}")
    ranking = _Ranking(old["hits"], new["hits"])
    lines += ranking.lines()
    gap = max(ranking.gap(), abs((was["confidence"] or 0.0) - (is_["confidence"] or 0.0)))
    return _changes(lines, gap, ranking.was, ranking.is_, _equal(old, new, "hits", "answer"))


def compare_charts(old: Chart, new: Chart) -> Changes:
    """Two charts of a claim, as the machine made them."""
    was = {facts.id: facts.number or facts.id for facts in old.references}
    is_ = {facts.id: facts.number or facts.id for facts in new.references}
    lines = list(_membership(was, is_, "the chart"))
    if list(was) != list(is_) and not lines:
        lines.append("the references are in another order")
    before, after = _cells(old), _cells(new)
    both = [key for key in before if key in after]
    for key, document in both:
        one, other = machine_status(before[key, document]), machine_status(after[key, document])
        if one != other:
            lines.append(f"{key}, {was[document]}: {one} -> {other}")
    quotes = [f"{k}, {was[d]}" for k, d in both if _quote(before[k, d]) != _quote(after[k, d])]
    if quotes:
        lines.append(f"another quote: {_names(quotes)}")
    if [row.limitation for row in old.rows] != [row.limitation for row in new.rows]:
        lines.append("the limitations are others")
    if old.dated != new.dated:
        lines.append("references are classed otherwise by their dates")
    gap = max((abs(before[key].score - after[key].score) for key in both), default=0.0)
    return _changes(lines, gap, was, is_, old.rows == new.rows)


def _comparable(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with texts by their hashes, whichever release kept it."""
    answer = {"answer": bare_answer(body["answer"])} if "answer" in body else {}
    understood = bare_understood(body["understood"], body["asked"])
    bare: dict[str, Any] = hashed({**body, **answer, "understood": understood})
    return bare


def _changes(
    lines: list[str], gap: float, was: Mapping[str, Any], is_: Mapping[str, Any], equal: bool
) -> Changes:
    """gap: of two scores. equal: whether all that was recorded is the same."""
    if gap:
        scores = f"scores, by {gap:.2g} at most"
        rounding = not lines and gap <= ROUNDING
    else:
        scores, rounding = "" if lines or equal else "details, such as a label", False
    return Changes(
        (*lines, scores) if scores else tuple(lines),
        tuple(id_ for id_ in is_ if id_ not in was),
        tuple(id_ for id_ in was if id_ not in is_),
        rounding,
    )


def _equal(old: Mapping[str, Any], new: Mapping[str, Any], *names: str) -> bool:
    unnamed = [{**one, "hits": [{**hit, "name": ""} for hit in one["hits"]]} for one in (old, new)]
    was, is_ = unnamed  # An earlier release named documents without a number by their titles.
    return all(_holds(was[name], is_[name]) for name in (*names, "understood"))


def _holds(old: Any, new: Any) -> bool:
    """Whether all that was recorded is the same; later versions of the program record more.

    >>> _holds([{"a": 1}], [{"a": 1, "b": 2}]), _holds({"a": 1}, {"b": 2})
    (True, False)
    """
    if isinstance(old, dict) and isinstance(new, dict):
        return all(name in new and _holds(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_holds, old, new))
    return bool(old == new)


def _understanding(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    was, is_ = old["understood"], new["understood"]
    for name in was:
        if not _alike(was[name], is_.get(name)):
            yield f"{name}: {_short(was[name])} -> {_short(is_.get(name))}"


def _alike(old: Any, new: Any) -> bool:
    """Whether two JSON values are the same but for the rounding of their numbers."""
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= ROUNDING
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_alike, old, new))
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and _alike(old[key], new[key]) for key in old)
    return bool(old == new)


class _Ranking:
    """Two ranked lists. was, is_: hits by document id."""

    def __init__(self, old: Ranking, new: Ranking) -> None:
        self.was = {hit["id"]: hit for hit in old}
        self.is_ = {hit["id"]: hit for hit in new}
        self.both = [(hit, self.is_[hit["id"]]) for hit in old if hit["id"] in self.is_]

    def lines(self) -> Iterator[str]:
        """Documents that entered and left, other ranks, other passages."""
        yield from _membership(_named(self.was), _named(self.is_), "the ranking")
        moved = [(_name(a), a["rank"], b["rank"]) for a, b in self.both if a["rank"] != b["rank"]]
        if moved:
            yield f"other ranks: {_names([f'{name} {old} -> {new}' for name, old, new in moved])}"
        passages = [_name(a) for a, b in self.both if _places(a) != _places(b)]
        if passages:
            yield f"other passages or family members: {_names(passages)}"

    def gap(self) -> float:
        """The greatest difference of two scores of a hit or a passage."""
        return max((_gap(old, new) for old, new in self.both), default=0.0)


def _name(hit: Mapping[str, Any]) -> str:
    return str(hit["name"] or hit["id"])


def _named(hits: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    return {id_: _name(hit) for id_, hit in hits.items()}


def _membership(was: Mapping[str, str], is_: Mapping[str, str], where: str) -> Iterator[str]:
    if come := [name for id_, name in is_.items() if id_ not in was]:
        yield f"in {where} now: {_names(come)}"
    if gone := [name for id_, name in was.items() if id_ not in is_]:
        yield f"no longer in {where}: {_names(gone)}"


def _gap(old: Mapping[str, Any], new: Mapping[str, Any]) -> float:
    """The greatest difference of two scores of a hit, its passages' among them."""
    now = dict(new["passages"])
    gaps = [abs(score - now[id_]) for id_, score in old["passages"] if id_ in now]
    return float(max([abs(old["score"] - new["score"]), *gaps]))


def _places(hit: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    return [id_ for id_, _ in hit["passages"]], hit["members"]


def _quotes(answer: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(c["passage_id"], c["quote"]) for s in answer["statements"] for c in s["citations"]]


def _cited(answer: Mapping[str, Any]) -> set[str]:
    citations = (c for s in answer["statements"] for c in s["citations"])
    return {c["number"] or c["document_id"] for c in citations}


def _cells(chart: Chart) -> dict[tuple[str, str], Cell]:
    return {(row.limitation.key, c.document_id): c for row in chart.rows for c in row.cells}


def _quote(cell: Cell) -> tuple[str, str] | None:
    return (cell.place.passage_id, cell.place.quote) if cell.place else None


def _names(names: Sequence[str] | set[str]) -> str:
    """Up to ten of them.

    >>> _names(["a", "b"]), _names([])
    ('a, b', 'none')
    """
    listed = sorted(names) if isinstance(names, set) else list(names)
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return (", ".join(listed[:_SHOWN]) or "none") + more


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
