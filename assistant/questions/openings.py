"""How questions begin before they name what they are about: "which patents describe ..."."""

from __future__ import annotations

import re

_DOCS = (
    r"(?:patents?|documents?|reports?|papers?|publications?|applications?|filings?|studies"
    r"|references?|disclosures?)"
)
_ABOUT = (
    r"(?:(?:that |which |who |do |we )?(?:describe|disclose|cover|claim|mention|discuss"
    r"|teach|report|use|are about|is about|deal with|concern|concerning|regarding|relate to"
    r"|relating to"
    r"|describing|disclosing|mentioning|discussing|teaching|covering|claiming|using|about"
    r"|on|for|with|contain|containing|have on|have about|address|focus on|study|investigate"
    r"|propose|speak of)s?)"
)
# Each has a group "rest", which begins with what the question is about.
OPENINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:the|(?<=the )\w+) {_DOCS} (?:on|about) (?P<rest>.+?)(?= (?:say|agree|disagree"
        r"|contradict|are|is|do|does|have|has|give|claim|teach|report|describe|disclose|mention"
        r"|recommend)\b|[?.]|$)",
        r"^who(?: in [A-Z]\w+)? (?:works?|is working|does research) (?:on|with) (?P<rest>.+)",
        r"^how (?:(?:do|can|could|should|would|did|does|might) (?:you|we|one|i|they)|to) \w+"
        r" (?P<rest>.+)",
        r"^who (?:makes?|sells?|produces?|supplie[sd]|owns?|filed|invented|developed|published"
        r"|uses?|holds?|patented) (?!(?:patents?|reports?)\b)(?P<rest>.+)",
        rf"^(?:which|what|how many|list|show|find|name|give|get|search|any|are there|is"
        rf" there|do any|do we have|who)\b[^?]*?\b{_DOCS}\b[^?]*?\b{_ABOUT} (?P<rest>.+)",
        r"\b(?:effect|effects|influence|impact|role|purpose|function|cause|causes|reason"
        r"|reasons|meaning|definition|advantages?|disadvantages?|benefits?|drawbacks?"
        r"|mechanism|difference|inventors?|assignees?|applicants?|claims?|titles?|abstracts?"
        r"|priority date|filing date) (?:of|for|behind) (?:using |adding )?(?P<rest>.+)",
        r"^(?:what|who) (?:(?:is|are|was|were|has been) (?:\w+ly )?(?:known|reported|disclosed"
        r"|claimed|described|published|said|stated|written|found|patented)|(?:do|can) (?:we|you|i)"
        r" (?:know|have|find|tell me|say)) (?:about|on|of|for|regarding) (?P<rest>.+)",
        r"^(?:give|tell|show|explain|describe|list)(?: me)? .*?(?:about|of)"
        r" (?P<rest>(?:the|our|an?) .+)",
        r"^(?:do (?:you|we) have |have you got )?(?:(?:tell me|search|look|anything|everything"
        r"|something|info(?:rmation)?)\b.*?"
        r" (?:about|on|for)|(?:explain|describe|discuss|tell me|show me) (?:how|why|when|whether))"
        r" (?P<rest>.+)",
        r"^(?:what|which) (?:\w+ )?(?:causes?|leads? to|affects?|limits?|determines?"
        r"|explains?|influences?|prevents?|improves?|increases?|reduces?|triggers?)"
        r" (?P<rest>.+)",
    )
)
