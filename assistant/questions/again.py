"""Follow-ups that ask the last question again: "why?", "at which temperature?", "more details"."""

from __future__ import annotations

import re

from assistant.questions.asking import asked_again
from assistant.questions.brackets import bracketed
from assistant.questions.placing import appended
from assistant.questions.properties import looks_like_property
from assistant.questions.reading import Reading
from assistant.questions.topics import AUXILIARY, topic

_ASKS_AGAIN = re.compile(
    r"^(?:(?P<why>why(?: (?:so|that|this) (?:high|low|much|many|little|long|short|thick"
    r"|thin|few|fast|slow|large|small|good|bad|late|early)| (?:is|was) (?:that|this|it)(?:"
    r" (?:so|the case))?| so| that| then|"
    r" not| exactly)?|how (?:so|come)(?: that)?|what(?:'s| is| are| was) the (?:reasons?"
    r"|causes?|explanation)(?: for (?:that|this|it))?|(?:for )?what reasons?|reasons?"
    r"|explain why|warum(?: (?:ist das so|das|nicht))?|wieso|weshalb|왜(?:요|죠|그런가요"
    r"|그렇습니까)?"
    r"|なぜ(?:ですか)?|どうして(?:ですか)?|为什么)"
    r"|(?P<how>how(?: (?:does (?:that|this|it) (?:work|happen)|is (?:that|this|it) (?:done"
    r"|possible|achieved)|exactly))?|by what means|in what way|wie(?: genau)?|어떻게|どうやって)"
    r"|(?P<many>how many(?: (?:are (?:there|they)|of (?:them|those|these)|in total|exactly"
    r"|is that))*|wie viele|몇 건)|(?P<wh>(?:when|where|who|whose|by whom|since when|how"
    r" (?!about\b|come\b|so\b|comes\b|now\b)[a-z]+|by how much|to what extent"
    r"|(?:at|in|on|for|with|under|to|from|by|after|within|over|until|up to) (?:what|which"
    r"|how many|how"
    r" much)(?: [\w-]+){0,3}|for how long|what for|wann|wo|wer|wie viel|wie lange)))$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:wh|how|for|reason|expl|by|in|at|on|with|under|to|from|after|since|over|until|up)",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:(?:tell me |say |show me |give me |i want |i need |can you (?:tell me|give me"
    r"|show me) )?(?:a (?:bit|little) )?(?:more|further)(?: (?:details?|information|info"
    r"|results|examples|about (?:that|this|it)|on (?:that|this|it)|of (?:them|those"
    r"|these)))*"
    r"|go on|continue|elaborate(?: on (?:that|this|it))?|details?|in (?:more )?detail|what"
    r" else|anything else|(?:any |are there (?:any )?|what |give me )?(?:others?|other"
    r" (?:ones?|examples?|sources?|documents?))"
    r"|(?:any |some |give me )?(?:examples?|sources?|evidence)|(?:can|could) you"
    r" (?:elaborate|explain)(?: (?:that|this|it))?(?: (?:further|more|in more detail))?"
    r"|explain(?: (?:that|this|it))?(?: (?:further|more|again|in (?:more )?detail))?|again"
    r"|repeat(?: that)?|are you sure|really"
    r"|where (?:does|did) it say (?:that|this|so)|(?:says )?who(?: says (?:that|so))?"
    r"|mehr(?: details)?|weiter|더 자세히|もっと詳しく)$",
    re.IGNORECASE,
)


_AS_TABLE = re.compile(
    r"^(?:(?:can|could) you )?(?:(?:summari[sz]e|put|show|give|list|present|display|arrange|make"
    r"|write|repeat|tabulate|the same|all)\b(?: (?:me|that|this|it|them|those|these|all|again"
    r"|everything|the (?:results?|values?|data|answer)))* ?)?(?:(?:in|as|into) (?:an? |the )?"
    r"(?:\w+ )?(?P<form>table|tabular form)|a table(?: of (?:that|this|it|them|those))?)$"
    r"|^tabulate (?:that|this|it|them|those)$",
    re.IGNORECASE,
)


_LISTED = re.compile(
    r"(?:(?:which|what) (?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|happens?\b|can\b)(?:(?!\b(?:do"
    r"|does|did)\b).)+$|(?:list|show|find|name|give|who|are there|is there|do|does)\b)",
    re.IGNORECASE,
)
_PUT_BEHIND = re.compile(
    r"^(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?)(?: (?:them|it|these|those))? by [\w -]{3,30}$"
    r"|^(?:(?:the )?(?:most|least) \w+|newest|latest|oldest|best|highest|lowest|largest|smallest)"
    r"(?: ones?)? first$|^(?:exclude|omit|leave out|skip|ignore) [\w -]{3,40}$"
    r"|^any (?:that|where|in which|of which) .{3,60}$|^any (?:with|without) .{3,40} in (?:it|them)$"
    r"|^(?:even )?(?:if|unless|once|while|when (?=it\b|they\b|the\b|only\b|both\b|there\b)) ?"
    r"(?!(?:it|they|that|this) (?:is|are|was) \w+er$)[^,?]{3,60}$",
    re.IGNORECASE,
)


def again(body: str, last: Reading) -> str:
    """The last question asked with these words; "" where they have a question of their own."""
    if _AS_TABLE.match(body):
        return (
            last.text
            if "table" in last.text
            else appended(last.text, "- in a table").replace(" - in a", ", in a")
        )
    if _PUT_BEHIND.match(body):
        return appended(last.text, f"- {body[:1].lower()}{body[1:]}").replace(" - ", ", ")
    of_it = re.match(r"(?P<how>how (?:much|many)) of (?:it|that|this|them)$", body, re.IGNORECASE)
    noun = re.match(rf"(?:which|what) (?P<noun>[\w-]+) (?P<rest>{AUXILIARY} .+)", last.text, re.I)
    if of_it and noun and not looks_like_property(noun["noun"]):
        return f"{of_it['how'].capitalize()} {noun['noun']} {noun['rest']}"
    match = _ASKS_AGAIN.match(body)
    if match and not _ENGLISH.match(body):
        return f"{body} {last.text}" if not body.isascii() else f"{body}: {last.text}"
    if match and match["why"]:
        return asked_again(last, "Why")
    if match and match["how"]:
        return asked_again(last, "How")
    if match and match["many"] and not _LISTED.match(last.text) and topic(last):
        return f"How many ({topic(last)})?"
    if match and match["many"]:
        return asked_again(last, "How many")
    if match and re.match("over|until|up to", body, re.IGNORECASE):
        return bracketed(body[:1].upper() + body[1:], last)
    if match:
        word = match["wh"][:1].upper() + match["wh"][1:]
        asked = asked_again(last, word)
        return bracketed(word, last) if asked.startswith(f"{word}: ") else asked
    if _MORE.match(body):
        return last.text
    return ""
