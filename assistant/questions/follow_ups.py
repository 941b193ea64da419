"""Decide whether a question needs the conversation, and complete it; leave others as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.questions.again import again
from assistant.questions.among import one_document, ordinal, speaks_of_documents
from assistant.questions.brackets import bracketed, hangs, means_all
from assistant.questions.figures import under_other_figures
from assistant.questions.fragments import Fragment, fill
from assistant.questions.keeping import has_substance, kept, shortened
from assistant.questions.lacking import with_subject
from assistant.questions.leads import lead_of, led, stands_alone, thing_of
from assistant.questions.prefixes import ABOUT, INSTEAD, LEAD, TRAIL
from assistant.questions.pronouns import resolve
from assistant.questions.properties import looks_like_property
from assistant.questions.reading import READ, Reading, read
from assistant.questions.records import Known, Turn
from assistant.questions.topics import topic
from assistant.questions.verbless import VERB, fragment_of

_LONGEST = 160  # characters; a longer question says enough by itself


_WORDS = re.compile(r"[^\W_]")
_OTHERS = re.compile(
    r"\b(?:the ones|those|ones|any|some) (?=(?:by|from|since|before|after|in|filed|published|on|for"
    r"|with|of|at|under)\b)",
    re.IGNORECASE,
)
_SHORT = 10  # words; a longer question says what it is about
_UNRESOLVED = re.compile(r"\b(?:that|this|the other|the latter|the former) one\b", re.IGNORECASE)


def complete(
    typed: str, previous: Sequence[Turn], known: Known, basis: str
) -> tuple[str, tuple[str, ...]]:
    """The question completed from the turns before it, and the documents it is limited to.

    basis: the date that "since 2015" means. A question that stands alone comes back as typed.

    >>> turns = [Turn("Which binders suit silicon anodes?", ("d1",))]
    >>> complete("which of those are patents?", turns, Known(), "publication")[1]
    ('d1',)
    """
    last = _spoken_of(previous, known, basis)
    if last is None or not _WORDS.search(typed) or len(typed) > _LONGEST:
        return typed, ()
    documents = next(
        (t.document_ids for t in reversed(previous) if t.answered and t.document_ids), ()
    )

    def read_again(text: str) -> Reading:
        return read(text, known, basis)

    lead, main = lead_of(last)
    turn = _turn(typed, read_again)
    if lead and not turn.fragment_has_chips:
        return _behind_lead(turn, (lead, read_again(main)), documents)
    return _completed(turn, last, documents)


@dataclass(frozen=True)
class _Typed:
    """A follow-up in its parts: body: without opening words and end mark; bare: with the mark."""

    typed: str
    body: str
    bare: str
    lead: bool
    read_again: Callable[[str], Reading]

    @property
    def fragment_has_chips(self) -> bool:
        """Whether it names filters, which replace those of the whole last question."""
        return bool(self.read_again(self.body).chips)


def _turn(typed: str, read_again: Callable[[str], Reading]) -> _Typed:
    body = TRAIL.sub("", typed)
    lead = LEAD.match(body)
    rest = lead.end() if lead else 0
    return _Typed(typed, body[rest:], typed[rest:], bool(lead), read_again)


def _completed(
    turn: _Typed, last: Reading, documents: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    body, bare, typed = turn.body, turn.bare, turn.typed
    if stands_alone(turn.read_again(body)):
        return typed, ()
    if changed := under_other_figures(body, last, turn.read_again):
        return changed, ()
    if repeated := again(body, last):
        return repeated, ()
    if numbered := ordinal(body, last, documents) or one_document(body, last, documents):
        return numbered
    continues = turn.lead or ABOUT.match(body)
    others = continues and _OTHERS.search(body) and not VERB.search(body[8:])
    if speaks_of_documents(body, last) and not others:
        return resolve(bare, body, last), documents
    if fragment := fragment_of(body, turn.lead, typed, last, turn.read_again):
        words = Fragment(fragment.text, fragment, bool(INSTEAD.search(typed)))
        return shortened(fill(words, last, turn.read_again), bare, last), ()
    resolved = bracketed(bare, last) if means_all(body, last) else resolve(bare, body, last)
    if resolved == bare:
        resolved = with_subject(bare, turn.read_again(body), last)
    if resolved == bare and len(body.split()) < _SHORT and _UNRESOLVED.search(body):
        resolved = f"{bare.rstrip(' ?.')} ({last.text.strip(' ?.')})?"
    if resolved == bare and hangs(typed, turn.read_again(body), last):
        resolved = bracketed(bare, last)
    return (shortened(kept(resolved, last), bare, last) if resolved != bare else typed), ()


def _behind_lead(
    turn: _Typed, last: tuple[str, Reading], documents: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """A follow-up of "In the printed cell, which salt is used?": the lead still holds."""
    lead, main = last
    if stands_alone(turn.read_again(turn.body)):
        return turn.typed, ()
    if other := _other_lead(turn.body, lead, main):
        return other, ()
    text, among = _completed(turn, main, documents)
    whole = turn.read_again(f"{lead}{main.text}")
    if among:
        return _completed(turn, whole, documents)
    open_ended = hangs(turn.typed, turn.read_again(turn.body), main)
    if text == turn.typed and not open_ended and _completed(turn, whole, documents)[0] == text:
        return text, ()
    asks = VERB.search(turn.body) or re.search(r"\b(?:which|what|how)\b", turn.body)
    own = asks and not ABOUT.match(turn.body)
    about = topic(main)
    if own and (text == turn.typed or not about or (looks_like_property(about) and about in text)):
        text = turn.bare
    owned = re.match(r"(?:its|their) (?P<what>.+)", turn.body, re.IGNORECASE)
    if owned and (not about or looks_like_property(about) or about in main.text[:40]):
        return f"What is the {owned['what']} of {thing_of(lead)}?", ()
    return led(lead, text), ()


def _other_lead(body: str, lead: str, main: Reading) -> str:
    """Another lead behind the same word: "and in the pilot line?"; "" where it is none."""
    new = re.fullmatch(r"(?P<p>in|for|with|on) (?P<thing>(?:the|our|an?) [\w -]+)", body)
    if not new:
        return ""
    head = new["thing"].split()[-1]
    same = thing_of(lead).split()[-1] == head and len(new["thing"].split()) > 2
    if not same and not lead.lower().startswith(f"{new['p']} "):
        return ""
    if re.search(rf"\b{new['p']} ", main.text) or VERB.search(body):
        return ""
    return led(
        f"{new['p'].capitalize()} {new['thing']}{lead[len(lead.rstrip(' ,:-–')) :]}", main.text
    )


def _spoken_of(previous: Sequence[Turn], known: Known, basis: str) -> Reading | None:
    """The last question that says what it is about; the last one if none does."""
    turns = [turn.question for turn in reversed(previous) if _WORDS.search(turn.question)]
    # What lies behind is no question any more, and would be carried through all later turns.
    readings = (read(question[:READ], known, basis) for question in turns)
    found = next((one for one in readings if has_substance(one)), None)
    return found or (read(turns[0][:READ], known, basis) if turns else None)
