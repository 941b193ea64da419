"""Questions to measure answers with, read from JSONL files: what is asked, what would be right."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.evaluation.match import pattern

SPLITS = ("all", "tune", "check")


class BadQuestionFile(AssistantError):
    """A question file cannot be read, or a line of it is no question."""


@dataclass(frozen=True)
class Question:
    """One question, or a conversation whose last turn is measured.

    Attributes:
        id: unique over all files of a run; it decides the split.
        turns: one text, or several that are asked one after another.
        kind: what sort of question it is, for the figures by kind.
        answerable: whether some document states the answer; where none does, a refusal is right.
        gold: ids, numbers or ends of the path of right documents; any of them counts.
        facts: what the answer's text must state: of each fact one of its alternatives.
        why_unanswerable: for people.
        file: name of the file it was read from.
    """

    id: str
    turns: tuple[str, ...]
    kind: str
    answerable: bool
    gold: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    why_unanswerable: str | None
    file: str

    @property
    def is_follow_up(self) -> bool:
        """Whether it takes a conversation to understand it."""
        return len(self.turns) > 1

    @property
    def split(self) -> str:
        """Either "tune" or "check", by a hash of the id, so that adding questions moves none."""
        return "check" if hashlib.sha256(self.id.encode()).digest()[-1] % 2 else "tune"


def load_questions(paths: Sequence[str | Path], split: str = "all") -> list[Question]:
    """The questions of some files, in their order.

    split: "tune" for those to choose rules and limits by, "check" for the others, or "all".
    Raises BadQuestionFile with the file, the line and what is wrong with it.
    """
    questions: list[Question] = []
    lines: dict[str, str] = {}  # id -> where it stands
    for path in map(Path, paths):
        for number, line in enumerate(_lines(path), start=1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            question = _question(line, where, path.name)
            if question.id in lines:
                raise BadQuestionFile(
                    f"{where}: id {question.id!r} is that of {lines[question.id]}"
                )
            lines[question.id] = where
            questions.append(question)
    chosen = [q for q in questions if split in ("all", q.split)]
    if not chosen:
        files = ", ".join(str(path) for path in paths)
        part = "" if split == "all" else f' in the split "{split}"'
        raise BadQuestionFile(
            f"{files}: no question{part}; one JSON object for each line is needed"
        )
    return chosen


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise BadQuestionFile(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadQuestionFile(f"{path} cannot be read: it is not UTF-8 ({error})") from error


def _question(line: str, where: str, file: str) -> Question:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadQuestionFile(f"{where}: no JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadQuestionFile(f"{where}: needs a JSON object, this is a {type(row).__name__}")
    answerable = row.get("answerable")
    if not isinstance(answerable, bool):
        raise BadQuestionFile(f'{where}: "answerable" must be true or false')
    gold = _texts(row.get("gold", []), "gold", where)
    if answerable and not gold:
        raise BadQuestionFile(f'{where}: is answerable, so "gold" must name a right document')
    why = row.get("why_unanswerable")
    return Question(
        id=_text(row.get("id"), "id", where),
        turns=_turns(row, where),
        kind=_text(row.get("kind", "other"), "kind", where),
        answerable=answerable,
        gold=gold,
        facts=_facts(row.get("facts", []), where),
        why_unanswerable=None if why is None else _text(why, "why_unanswerable", where),
        file=file,
    )


def _turns(row: dict[str, Any], where: str) -> tuple[str, ...]:
    if ("question" in row) == ("turns" in row):
        raise BadQuestionFile(f'{where}: needs either "question" or "turns"')
    if "question" in row:
        return (_text(row["question"], "question", where),)
    turns = _texts(row["turns"], "turns", where)
    if not turns:
        raise BadQuestionFile(f'{where}: "turns" is empty')
    return turns


def _facts(value: Any, where: str) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise BadQuestionFile(f'{where}: "facts" must be a list of lists of alternatives')
    facts = tuple(
        _texts([fact] if isinstance(fact, str) else fact, "facts", where) for fact in value
    )
    for alternative in (alternative for fact in facts for alternative in fact):
        try:
            pattern(alternative)
        except re.error as error:
            raise BadQuestionFile(f"{where}: {alternative!r} is no expression: {error}") from error
    if not all(facts):
        raise BadQuestionFile(f'{where}: a fact of "facts" has no alternative')
    return facts


def _texts(value: Any, name: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise BadQuestionFile(f'{where}: "{name}" must be a list of texts')
    return tuple(_text(item, name, where) for item in value)


def _text(value: Any, name: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadQuestionFile(f'{where}: "{name}" must be a text that is not empty')
    return value
