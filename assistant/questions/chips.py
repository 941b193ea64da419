"""Words that certainly limit the search, as chips; and what they and given filters make."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.questions.dates import Dates, find_dates
from assistant.questions.parties import find_party_filters, parties
from assistant.questions.records import Chip, Known
from assistant.questions.scopes import find_scopes
from index.quantities import Condition
from index.records import Filters

_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,200}[\"”“»]")
_NEGATED = re.compile(
    r"(?:\b(?:not|except(?: for)?|other than|excluding|exclude|unlike|without|no|nor|never"
    r"|rather than|instead of|besides|apart from"
    r"|nicht|außer|ohne)|n['’]t|\bnon)[\s-]+(?:(?:the|any|those|ones|only|filed|published"
    r"|in|from|by|of|for|just) +)*$",
    re.IGNORECASE,
)
_SAID = {"publication": "published", "filing": "filed", "priority": "with priority"}
_LABELS = {"patent": "patents only", "report": "reports only"}
_MANY = 500  # values that one filter may have


def find_chips(
    text: str, known: Known, basis: str, figures: Sequence[Condition] = ()
) -> tuple[Chip, ...]:
    """The limits that a text states, by place, never overlapping.

    basis: the date that "since 2015" means; figures: numbers with units, which are no years.
    """
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    found = [
        chip
        for chip in (
            *_dates(text, known, basis, figures),
            *_parties(text, known),
            *_scopes(text, known),
            *_labels(text, known),
        )
        if not any(start <= chip.start < end for start, end in quoted)
        and not _NEGATED.search(text, max(0, chip.start - 60), chip.start)
    ]
    kept: list[Chip] = []
    for chip in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or chip.start >= kept[-1].end:
            kept.append(chip)
    return tuple(kept)


def _dates(text: str, known: Known, basis: str, figures: Sequence[Condition]) -> Iterator[Chip]:
    for found in find_dates(text, known.today):
        if any(
            found.start < one.end and one.start < found.end
            for one in figures
            if one.dimension != "time"
        ):
            continue
        meant = found.basis or basis
        adds = Filters(after=_day(found.after), before=_day(found.before), date=meant)
        value = " and ".join(
            f"{name} {bound}"
            for name, bound in (("after", adds.after), ("before", adds.before))
            if bound
        )
        key = f"date:{meant}:{adds.after or ''}:{adds.before or ''}"
        yield Chip(
            key, f"{_SAID[meant]} {_period(found)}", "date", value, found.start, found.end, adds
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period(found: Dates) -> str:
    """Bounds as people say them: the first and the last day that pass."""
    first = found.after + timedelta(days=1) if found.after else None
    last = found.before - timedelta(days=1) if found.before else None
    if first and last:
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        if whole:
            return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
        return f"{first} to {last}"
    return f"since {first}" if first else f"before {found.before}"


def _parties(text: str, known: Known) -> Iterator[Chip]:
    if not known.parties:
        return
    for start, end, mentions in find_party_filters(text, parties(known.parties)):
        names = tuple(dict.fromkeys(name for mention in mentions for name in mention.names))
        if len(names) > _MANY:
            continue
        typed = " or ".join(mention.typed for mention in mentions)
        key = "party:" + "+".join(sorted(mention.typed.lower() for mention in mentions))
        value = "; ".join(names)
        yield Chip(key, f"by {typed}", "party", value, start, end, Filters(party=names))


def _scopes(text: str, known: Known) -> Iterator[Chip]:
    for scope in find_scopes(text):
        values = scope.values
        if scope.name == "country" and known.countries:
            values = tuple(value for value in values if value in known.countries)
        if not values:
            continue
        value = ", ".join(values)
        label = _LABELS.get(value) or (f"in the {value}" if scope.name == "section" else value)
        # A scope's name is that of a filter that is a tuple of texts, which no type can say.
        adds = Filters(**{scope.name: values})  # type: ignore[arg-type]
        key = f"{scope.name}:{'+'.join(values)}"
        yield Chip(key, label, scope.name, value, scope.start, scope.end, adds)


def _labels(text: str, known: Known) -> Iterator[Chip]:
    for label in known.labels:
        name = re.escape(label)
        pattern = (
            rf"\b(?:label(?:l?ed)?|marked|classified as)(?: as| with)?:? {name}(?!\w)"
            rf"|(?<!\w){name}(?= (?:documents|reports|patents)\b)"
        )
        for match in re.finditer(pattern, text, re.IGNORECASE):
            adds = Filters(label=(label,))
            yield Chip(
                f"label:{label}", f"label {label}", "label", label, match.start(), match.end(), adds
            )


def apply(
    chips: Sequence[Chip], given: Filters, off: Collection[str]
) -> tuple[Filters, tuple[Chip, ...]]:
    """Given filters narrowed by the chips that are not off, and the chips that hold.

    A given filter is never widened. Chips that contradict it, or each other's dates, do not hold.

    >>> since = Chip("a", "", "date", "", 0, 0, Filters(after="2014-12-31"))
    >>> apply([since], Filters(after="2017-01-01", kind="patent"), ())[0].to_dict()["after"]
    '2017-01-01'
    """
    wanted = [chip for chip in chips if chip.key not in off]
    dates = [chip for chip in wanted if chip.filter == "date"]
    bounds = _narrowest([given, *(chip.adds for chip in dates)])
    if bounds is None:
        bounds, dates = (given.after, given.before), []
    basis = dates[0].adds.date if dates else given.date
    others: dict[str, tuple[str, ...]] = {}
    held: list[Chip] = [*dates]
    for chip in wanted:
        if chip.filter == "date":
            continue
        values, limits = getattr(chip.adds, chip.filter), getattr(given, chip.filter)
        if limits and not all(_within(chip.filter, value, limits) for value in values):
            continue
        others[chip.filter] = tuple(dict.fromkeys((*others.get(chip.filter, ()), *values)))
        held.append(chip)
    filters = replace(given, after=bounds[0], before=bounds[1], date=basis, **others)
    return filters, tuple(sorted(held, key=lambda chip: chip.start))


def _narrowest(all_bounds: list[Filters]) -> tuple[str | None, str | None] | None:
    """The latest after and the earliest before; None if no day passes, or different dates."""
    used = [one for one in all_bounds if one.after or one.before]
    if len({one.date for one in used}) > 1:
        return None
    after = max((one.after for one in used if one.after), default=None)
    before = min((one.before for one in used if one.before), default=None)
    if (
        after
        and before
        and date.fromisoformat(before) - date.fromisoformat(after) <= timedelta(days=1)
    ):
        return None
    return after, before


def _within(name: str, value: str, limits: tuple[str, ...]) -> bool:
    """Whether a value passes a given filter's values."""
    if name == "cpc":
        return any(value.startswith("".join(limit.upper().split())) for limit in limits)
    if name == "party":
        folded = " ".join(value.casefold().split())
        return any(" ".join(limit.casefold().split()) in folded for limit in limits)
    return value.upper() in {limit.strip().upper() for limit in limits}


_LEFT_OVER = re.compile(r"\s+(?=[?.,;!])|(?:\s|^)[,;](?=\s|$)")
_DANGLING = re.compile(
    r"\s*\b(?:by|from|of|in|and|or|the|only|filed|published|are|were|von)\s*(?=[?.]?\s*$)",
    re.IGNORECASE,
)


def without(text: str, chips: Sequence[Chip]) -> str:
    """The text without the chips' words; the whole text if no other word is left.

    >>> chip = Chip("k", "", "date", "", 14, 24, Filters())
    >>> without("What is LFP's since 2015?"[:14] + "since 2015?", [chip])
    "What is LFP's?"
    """
    rest = text
    for chip in sorted(chips, key=lambda one: -one.start):
        rest = f"{rest[: chip.start]} {rest[chip.end :]}"
    rest = " ".join(_LEFT_OVER.sub("", " ".join(rest.split())).split())
    if chips:
        rest = _DANGLING.sub("", rest)
    said = re.sub(
        r"\b(?:which|what|show|me|list|all|the|only|find|any|are|is|there|those|that|of|and"
        r"|do|we|have|were|was|how|many|wurden|wurde|welche|sind|can|you|please|patents"
        r"|reports|documents)\b|\W",
        "",
        rest,
        flags=re.IGNORECASE,
    )
    return rest if said else text
