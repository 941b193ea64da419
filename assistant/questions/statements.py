"""Sentences that bring up a thing for the questions behind them: "We look at ..."."""

from __future__ import annotations

import re

# "Which invention places a layer ..." is about the layer, not about the invention.
ACTED_ON = re.compile(
    r"^(?:which|what) (?:(?!(?:is|are|do|does|did|has|have)\b)[\w-]+ ){0,2}?(?:inventions?|patents?"
    r"|documents?|reports?|papers?|applications?|compan(?:y|ies)|firms?|(?:car)?makers?"
    r"|manufacturers?"
    r"|suppliers?|applicants?|groups?|teams?) (?:first )?(?!(?:is|are|was|were|do|does|did|say"
    r"|says|on"
    r"|about|in|for|by|from|with|of|agree|mentions?|describes?|discloses?|discuss|reports?|claims?"
    r"|covers?|teach|teaches|states?|address|deals?|concerns?|relates?|use|uses|study|studies"
    r"|filed|published)\b)(?:has|have|\w+(?:s|ed)|put) (?:up with )?"
    r"(?P<rest>[^?]+)|^who (?:first )?(?:came up with|\w+s|\w+ed) (?P<rest2>(?:an?|the) [^?]+)",
    re.IGNORECASE,
)


_STATED = re.compile(
    r"^(?!(?:what|which|how|why|who|when|where|is|are|was|were|does|do|did|can|compare|list|show"
    r"|find"
    r"|give|tell|the)\b)(?P<who>\w[\w&.-]*(?: [A-Z][\w&.-]*){0,3}) (?:has|have|makes?|sells?|uses?"
    r"|developed|patented|filed|proposes?|proposed|claims?|invented) (?:an?"
    r"|the) (?P<rest>[^?]{8,})$",
    re.IGNORECASE,
)


_WE_LOOK = re.compile(
    r"^(?:(?:we|i)(?:'m|'re| am| are)? (?:look(?:ing)? (?:at|into)|work(?:ing)? on|stud(?:y|ying)"
    r"|read(?:ing)?(?: about)?|have (?:a |some )?(?:problems?|troubles?|issues?) with"
    r"|interested in|have a question (?:about|on)"
    r"|(?:need|want) (?=the |an? )|need (?:info|information)"
    r" (?:on|about)|talk(?:ing)? about)|(?:let's|lets|let us) (?:talk about|look at|discuss)|(?:my"
    r" question is|this is|it's|it is) about) ?(?P<rest>[^?]{4,})$",
    re.IGNORECASE,
)

# "What pressure do they apply to the cell?" is about the cell.
DONE_TO = re.compile(
    r"^(?:what|which|how) [^?]*?\b(?:do|does|did|can|could|should|must) (?:they|we|you|one|i)"
    r" [a-z]+ (?:(?:to|in|on|for|with|of|at|onto|into|from) )?"
    r"(?P<rest>(?:the|an?|our|their) [^?]+)",
    re.IGNORECASE,
)

# "Which adhesive bonds the cells?", whatever its verb is.
WHICH_DOES = re.compile(
    r"^(?:which|what) (?P<noun>(?!(?:is|was|does|has)\b)[\w-]*[a-rt-z\d](?: of [\w-]+)?)"
    r" (?P<rest>[a-z]{3,}s (?:the|an?) [^?]+)",
    re.IGNORECASE,
)


def statement(text: str) -> str:
    """The thing that a statement introduces, with its owner: for the questions behind it.

    >>> statement("Sunwoda has a sodium supplementation method.")
    "Sunwoda's sodium supplementation method"
    """
    text = text.strip(" .!")
    if match := _WE_LOOK.match(text):
        return match["rest"]
    match = _STATED.match(text)
    return f"{match['who']}'s {match['rest']}" if match else ""
