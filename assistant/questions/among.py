"""Words that point at the documents of the last answer, or at what it listed: "which of those"."""

from __future__ import annotations

import re

from assistant.questions.chips import without
from assistant.questions.reading import Reading
from assistant.questions.topics import asked_noun, asked_things, topic

DOCUMENTS = (
    r"(?:patents?|documents?|reports?|papers?|publications?|applications?|filings?|results?"
    r"|hits?|families|studies)"
)
AMONG = re.compile(
    rf"\b(?:(?:which|what|how many|any|all|some|none|each|most|either|one|two|only|who"
    rf"|whose)(?: ones?)? (?:of|among|from|in) (?:them|those|these|the (?:above|listed"
    rf"|previous|last|found))(?: {DOCUMENTS}\b)?|^which(?= (?:are|were) (?:from|by|filed"
    rf"|published|granted|owned|assigned|newer|older|[A-Z]))|(?:of|among|from|out of)"
    rf" (?:those|these|them)(?: {DOCUMENTS}\b|(?= *(?:$|[?.,!;]|(?:is|are|was|were|do|does|did"
    rf"|have|has|can|which|what|how|who|come|comes|belong|belongs|mention|mentions|claim"
    rf"|claims|describe|describes|disclose|discloses|report|use|contain)\b)))"
    rf"|(?:those|these|the (?:same|above|listed|previous)) {DOCUMENTS}|which ones?\b(?!"
    rf" (?:should|would))|the ones\b|(?:welche|wie viele) (?:davon|von (?:diesen|denen))|그중"
    rf"|그 중|이 중|この中|その中|其中)",
    re.IGNORECASE,
)
_SUMMARISE = re.compile(
    r"summari[sz]e (?:(?:all|both) (?:of )?)?(?:those|them|these|the (?:sources|documents))\b",
    re.IGNORECASE,
)
_OF_DOCUMENTS = re.compile(
    r"\b(?:(?:do|did|have|can) (?:they|these|those)(?: (?:all|also|both))? (?:disclos\w*"
    r"|describ\w*|claim\w*|mention\w*|teach\w*|report\w*|say\w*|cover\w*|discuss\w*|cite\w*"
    r"|recommend\w*|suggest\w*)"
    r"|(?:were|are) (?:they|these|those) (?:filed|published|granted|patented|in force|from"
    r"|by)|who (?:filed|owns|published|wrote) (?:them|those|these|it)|(?:filed|published"
    r"|list|show|sort|order|rank|group|export|summari[sz]e|compare)(?: me)? (?:them|those"
    r"|these)(?! \w*(?:additive|binder|material)))\b",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    rf"^(?:which|what|how many|list|show|find|name|give|get|search|any|(?:are|is) there|do (?:any"
    rf"|we have)|who)\b(?:(?!\b(?:do|does|did|is|are|was|were)\b).){{0,40}}?"
    rf"\b(?P<noun>{DOCUMENTS})\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"\b(?:that|this) (?:one|patent|document|report|paper|publication|application|study)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:(?:that|which|who|do|we|have) )*(?:(?:describe|disclose|cover|claim|mention|discuss|teach"
    r"|report|concern|address|compare|study|investigate)(?:s|d|ed|ing)?|(?:are|is) about|deal with"
    r"|relat(?:e|ing) to|concerning|regarding|about|on) (?P<about>.+)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[?!;:]| (?:is|are|was|were|has|have|do|does|can|say|states|report|disclose|describe|mention"
    r"|claim|teach|give|show|contain|agree)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\bthe (?:\w+ )?{DOCUMENTS} on (?P<about>.+?)(?={_SAYS.pattern[8:]}|[?.!;:]|$)", re.IGNORECASE
)
_LONGEST = 100  # characters
OLDEST = re.compile(
    r"^which(?: ones?)? (?=(?:is|are|was|were)(?: the)? (?:oldest|newest|latest|earliest|broadest"
    r"|first|(?:most|more) (?:recent|relevant|cited))\b)",
    re.IGNORECASE,
)
_THEY_AGREE = re.compile(
    r"\bdo (?:they|these|those)(?: all| both)? (?:agree|disagree|contradict|come to the same)\b",
    re.IGNORECASE,
)
_SAYS_OF_IT = re.compile(
    r"\b(?:say|says|said|teach|teaches|claims?|reports?|disclose|discloses|describes?|mentions?"
    r"|states?|summari[sz]e|open|show)\b",
    re.IGNORECASE,
)
_THEY_SAY = re.compile(
    r"\b(?:do|did) (?:they|these|those)(?: (?:all|also|both|really))? (?:agree|disagree|contradict"
    r"|confirm|conclude|come to|give|state|list|provide|cite|propose|rely|share|overlap|say"
    r"|report|mention|claim|describe|disclose|recommend|suggest|teach|find|found)\b",
    re.IGNORECASE,
)
_BELONG = re.compile(
    r"\b(?:'s|patents?|reports?|filed|published|granted|patented|by|since|before|after"
    r"|newer|older|recent|claim\w*|disclos\w*|describ\w*|mention\w*|report\w*|teach\w*"
    r"|assigned|owned|korean|japanese|european|chinese|german|us|cite\w*|applicants?|von)\b"
    r"|'s\b|’s",
    re.IGNORECASE,
)


def speaks_of_documents(body: str, last: Reading) -> bool:
    """Whether "those" are the documents of the last answer.

    "Which of those is cheapest?" behind a question for binders speaks of binders.
    """
    if _ASKED_FOR.match(last.text) and _THEY_SAY.search(body):
        return True
    if _ASKED_FOR.match(last.text) and OLDEST.match(body):
        return True
    if _THEY_AGREE.search(body) and len(last.compared) < 2:
        return True
    if _SUMMARISE.match(body) and len(last.compared) < 2:
        return True
    if _OF_DOCUMENTS.search(body):
        about_documents = re.search(rf"\b{DOCUMENTS}\b", last.text, re.IGNORECASE) or last.kind in (
            "list",
            "count",
        )
        return (
            bool(
                about_documents
                or re.search(r"filed|published|granted|in force|who ", body, re.IGNORECASE)
            )
            and len(last.compared) < 2
        )
    match = AMONG.search(body)
    if not match or (len(last.compared) > 1 and not re.search(rf"\b{DOCUMENTS}\b", body)):
        return False
    if re.search(rf"\b{DOCUMENTS}\b", last.text, re.IGNORECASE) or re.search(
        rf"\b{DOCUMENTS}\b", match.group(), re.IGNORECASE
    ):
        return True
    return bool(_BELONG.search(body[: match.start()] + body[match.end() :])) or not body.isascii()


def documents_of(last: Reading) -> str:
    """The documents of the last answer, by what was asked."""
    text = without(last.text, [chip for chip in last.chips if chip.filter != "kind"])
    if named := _NAMED.search(text):
        return f"the documents on {named['about'].strip()}"
    asked = _ASKED_FOR.match(text)
    if asked and (named := _BEHIND.match(text[asked.end() :].strip(" ?.!"))):
        about = _SAYS.split(named["about"], maxsplit=1)[0]
        if 0 < len(about) <= _LONGEST:
            return f"the documents on {about}"
    if asked and re.match(r"(?:which|what) (?:\w+ )?$", text[: asked.start("noun")], re.IGNORECASE):
        things = asked_things(last)
        if len(things) <= _LONGEST and len(things.split()) > 2:
            return things
    about = topic(last)
    if not about:
        return "the documents"
    return f"the documents on {bare(about)}"


def one_document(
    body: str, last: Reading, documents: tuple[str, ...]
) -> tuple[str, tuple[str, ...]] | None:
    """A question about "that one" behind one that asks for documents; None where it is not.

    Which of several is meant cannot be told: all of them are searched.
    """
    match = _OF_ONE.search(body)
    if not match or not documents or not _ASKED_FOR.match(last.text):
        return None
    named = re.sub(r"^the (\w+?)s\b", r"the \1", documents_of(last))
    return body[: match.start()] + named + body[match.end() :], documents


def bare(about: str) -> str:
    """A noun phrase without an indefinite article."""
    return re.sub(r"^(?:a|an) ", "", about)


def of_documents(typed: str, among: re.Match[str], last: Reading) -> str:
    """The subject of the last question put into "which of those are Toyota's?"."""
    documents = documents_of(last)
    words = among.group()
    pointed = re.search(
        rf"\b(?:(?:them|those|these)(?: {DOCUMENTS})?|the (?:same|above|listed|previous|last"
        rf"|found) {DOCUMENTS}|the (?:above|listed|previous|last|found)|^which(?= are| were)"
        rf"|which ones?|the ones|davon|von diesen|von denen)\b",
        words,
        re.IGNORECASE,
    )
    if not pointed:
        return f"{typed.rstrip(' ?.')} ({documents})?"
    written = pointed.group().lower()
    named = f"which of {documents}" if written.startswith("which") else documents
    if typed[: among.start() + pointed.start()].strip() == "":
        named = named[:1].upper() + named[1:]
    start = among.start() + pointed.start()
    return typed[:start] + named + typed[start + len(pointed.group()) :]


def of_things(typed: str, among: re.Match[str], last: Reading) -> str:
    """What was listed put into "which is cheapest?", behind "which binders suit anodes?"."""
    things = asked_things(last)
    if not things:
        return typed
    pointed = re.search(
        r"\b(?:them|those|these|the (?:above|listed|previous|last)|which ones?|the ones)\b",
        among.group(),
        re.IGNORECASE,
    )
    if not pointed:
        return f"{typed.rstrip(' ?.')} ({things})?"
    start = among.start() + pointed.start()
    noun, said = asked_noun(last)
    if pointed.group().lower().startswith("which") and len(last.compared) < 2 and noun:
        rest = typed[start + len(pointed.group()) :].rstrip(" ?.")
        return f"{typed[:start]}which {noun}{rest} ({said})?"
    new = f"Which of {things}" if pointed.group().lower().startswith("which") else things
    behind = typed[start + len(pointed.group()) :]
    named = re.match(r" (\w+)", behind)
    if named and re.search(rf"\b{re.escape(named[1])}\b", things):
        behind = behind[named.end() :]  # "which of those binders": they are named now
    return typed[:start] + new + behind


_ORDINAL = re.compile(
    rf"\bthe (?P<which>first|second|third|fourth|fifth|last|1st|2nd|3rd) (?:one"
    rf"|{DOCUMENTS})\b(?! of\b)",
    re.IGNORECASE,
)
_PLACES = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "fifth": 4,
    "last": -1,
}


def ordinal(
    body: str, last: Reading, documents: tuple[str, ...]
) -> tuple[str, tuple[str, ...]] | None:
    """One document of the last answer: "summarise the first one". None where it is not meant."""
    match = _ORDINAL.search(body)
    if not match or len(last.compared) > 1 or not documents:
        return None
    said = f"{last.text} {match.group()}"
    if not re.search(rf"\b{DOCUMENTS}\b", said, re.IGNORECASE) and not _SAYS_OF_IT.search(body):
        return None
    place = _PLACES[match["which"].lower()]
    if place >= len(documents):
        return None
    named = f"the {match['which'].lower()} of {documents_of(last)}"
    return body[: match.start()] + named + body[match.end() :], (documents[place],)
