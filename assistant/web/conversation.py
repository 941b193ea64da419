"""A conversation as HTML, in three parts: only the middle one changes while it is answered."""

from __future__ import annotations

from dataclasses import replace

from assistant.questions import Chip
from assistant.records import REFUSED
from assistant.web.answered import answered
from assistant.web.html import escape, model_name, notice, one_line, tag
from assistant.web.refs import Session, Turn
from assistant.web.refused import refused
from index.records import Filters


def earlier(session: Session) -> str:
    """The turns before the current one."""
    return _still(session.before(session.current))


def current(session: Session) -> str:
    """The current turn; "" where there is none."""
    turn = session.turn(session.current)
    return _turn(turn, live=True) if turn else ""


def later(session: Session) -> str:
    """The turns after the current one, which is then an earlier question asked again."""
    return _still(session.turns[len(session.before(session.current)) + 1 :])


def _still(turns: tuple[Turn, ...]) -> str:
    """Turns of which none grows any more: one that has no end was left."""
    ended = (t if t.finished else replace(t, finished=True, stopped=True) for t in turns)
    return "".join(_turn(turn, live=False) for turn in ended)


def _turn(turn: Turn, *, live: bool) -> str:
    """live: whether it may be growing, and is read out by screen readers as it does."""
    question = tag(
        "div", tag("p", escape(turn.question)), _understood(turn), _chips(turn), css="pa-question"
    )
    reply = tag(
        "div", _limits(turn.filters), _reply(turn, live=live), css="pa-reply",
        aria_live="polite" if live else None,
    )  # fmt: skip
    return tag("article", question, reply, data_turn=turn.number)


def _understood(turn: Turn) -> str:
    """What the conversation supplied, where it supplied words."""
    completed = turn.answer.completed if turn.answer else None
    if not completed or completed == turn.question:
        return ""
    label = tag("span", "Understood as:", css="pa-muted")
    return tag("p", f"{label} {escape(completed)}", css="pa-understood")


def _chips(turn: Turn) -> str:
    """The filters read from the question's words, each to be taken off or put back."""
    off = {chip.key for chip in turn.off}
    chips = [_chip(turn.number, chip, off=chip.key in off) for chip in turn.chips]
    if not chips:
        return ""
    name = "Filters read from the question"
    return tag("div", *chips, css="pa-limiters", role="group", aria_label=name)


def _chip(turn: int, chip: Chip, *, off: bool) -> str:
    label = f"Limit again to: {chip.label}" if off else f"Do not limit to: {chip.label}"
    button = tag(
        "button",
        "+" if off else "&times;",
        type="button",
        data_limit=turn,
        data_key=chip.key,
        aria_label=label,
        title=label,
    )
    shown = tag("s" if off else "span", escape(one_line(chip.label, 80)), title=chip.value)
    return tag("span", shown, button, css="pa-limiter pa-off" if off else "pa-limiter")


def _reply(turn: Turn, *, live: bool) -> str:
    if turn.error is not None:
        return notice("This cannot be searched", turn.error)
    if turn.answer is None and turn.stopped:
        return tag("p", "Stopped before there was an answer.", css="pa-muted pa-stopped")
    if turn.answer is None:
        return tag("p", escape(_waiting(turn)), css="pa-searching", role="status")
    if turn.answer.status == REFUSED:
        return refused(turn.number, turn.answer)
    body = answered(turn.number, turn.answer, live=live, whole=turn.finished)
    if turn.stopped:
        return body + tag("p", "Stopped: the model had not ended.", css="pa-muted pa-stopped")
    if turn.finished:
        return body
    writing = f"{model_name(turn.model)} is writing …" if turn.model else "Writing …"
    return body + tag("p", escape(writing), css="pa-searching")


def _waiting(turn: Turn) -> str:
    text = f"Searching {turn.documents:,} document{'' if turn.documents == 1 else 's'} …"
    if turn.model and turn.documents:
        text += f" {model_name(turn.model)} then words what was found."
    return text


def _limits(filters: Filters) -> str:
    """The filters of the form under the question box."""
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
