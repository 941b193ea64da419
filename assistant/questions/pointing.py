"""The words that point back, and what must follow them so that they do."""

from __future__ import annotations

import re

_NOUN = (
    r"(?P<noun>[a-z][\w-]*(?: (?:material|layer|cell|electrode|coating|additive|effect|process"
    r"|temperature|value|range|composition|method|report|patent|document|foil|film|electrolyte"
    r"|salt|binder|powder)\b)?)"
)
DEMONSTRATIVE = re.compile(
    rf"\b(?:this|these|those|such an?|the same|the said|(?<=of )that|(?<=for )that|(?<=in"
    rf" )that|(?<=with )that|(?<=about )that|(?<=does )that|(?<=is )that|(?<=at )that"
    rf"|(?<=on )that|(?<=by )that) (?!(?:\w+ed|is|are|was|were|be|been|do|does|did|can|has"
    rf"|have|as|for|of|with|in|at|to|and|or|by|also|still|not|too|happen\w*|affect\w*"
    rf"|improve\w*|work\w*|compare\w*|differ\w*|used|called|made|prevented|avoided|reduced"
    rf"|measured|then|from|on|when|if|after|under|during|so|a|an|the|in|good|better|worse"
    rf"|higher|lower|thicker|thinner|safer|cheaper|stable|true|good|bad|high|low|enough"
    rf"|known|done|correct|all|it|why|how|just|only|really|always|possible|necessary|important"
    rf"|that|which|who|increase\w*|decrease\w*|disclose\w*|describe\w*|claim\w*|mention\w*"
    rf"|say|report|one|ones)\b)(?!\w+ (?:the|a|an|its|their|our)\b){_NOUN}",
    re.IGNORECASE,
)
# Name of how it points, and the word.
POINTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("own", re.compile(r"\b(?:its|their)\b(?! own\b)", re.IGNORECASE)),
    ("thing", re.compile(r"\b(?:it|they|them)\b(?!')|\bit(?='s)", re.IGNORECASE)),
    (
        "thing",
        re.compile(
            r"\b(?:this|these|those)\b(?! (?:that|which|who|with|of|having"
            r"|containing)\b)(?= *(?:$|[?.,!]|is|are|was|were|be|can|do|does|did|has|have"
            r"|with|to|and|or|in|at|for|as|by|from|under|after|during|on|happen\w*"
            r"|affect\w*|improve\w*|work\w*|compare\w*|differ\w*|used|called|made"
            r"|prevent\w*|avoid\w*|reduc\w*|measur\w*|increas\w*|decreas\w*|not|also|too|enough"
            r"|sufficient|high|low|true|good|acceptable|normal|typical|realistic|feasible|possible"
            r"|known|still|really|already|\w+ed|the|a|an|better|worse|higher|lower|safe"
            r"|stable)(?!\w))",
            re.IGNORECASE,
        ),
    ),
    (
        "thing",
        re.compile(
            r"(?:(?<=\bof )|(?<=[tT]'s )|(?<=\bis )|(?<=\bdoes )|(?<=\bwith )|(?<=\babout )"
            r"|(?<=\bfor )"
            r"|(?<=\bto )|(?<=\bcauses )|(?<=\bwas )|(?<=\bon )|(?<=\bby )|(?<=\bdid )"
            r"|(?<=\bthan )|(?<=\bfrom )|(?<=\bcan )|(?<=\bcompare )|(?<=\bexplain )"
            r"|(?<=\bprevent )|(?<=\bavoid )|(?<=\bfix )|(?<=\bstop )|(?<=\babove )"
            r"|(?<=\bbelow )|(?<=\bbeyond )|(?<=\bwould )|(?<=\bcould )|(?<=\bmeasure"
            r" ))that\b(?= *(?:$|[?.,!]|(?:from|by|since|for|on|as)\b|happen\w*"
            r"|compare\w*|differ\w*|work\w*|with|to\b"
            r"|in\b|at\b|be\b|affect\w*|true|the case|so\b|prevented|avoided|measured|made"
            r"|\w+ed(?= *(?:$|[?.,!]|(?:by|in|for|with|at|on|as|too|also)\b))"
            r"|stated|written|cost|help|improve\w*|high|low|a\b|an\b|and\b"
            r"|(?!of\b|for\b|in\b|from\b|with\b)\w+ (?:the|a|an|its|their|our|any)\b))",
            re.IGNORECASE,
        ),
    ),
    ("place", re.compile(r"\b(?:in there|therein)\b|(?<=ed )there\b", re.IGNORECASE)),
    (
        "first",
        re.compile(
            r"\bthe (?:former|first(?: (?:one|material|option))?)\b(?= *(?:$|[?.,!])| (?:is|are|was"
            r"|were|be|been|has|have|had|does|do|did|can|could|should|would|will|may|and|or|in"
            r"|at|for"
            r"|with|on|when|under|after|than|better|worse|\w+s|need|show|give|cost|use|contain|also"
            r"|not|too|work|last)\b(?! (?:of|from) ))(?! (?:cycles|steps|\w+ (?:cycle|charge))\b)",
            re.IGNORECASE,
        ),
    ),
    (
        "second",
        re.compile(
            r"\bthe (?:latter|second one|second(?= *[?.,!]|$)|other one|other(?= *[?.,!]|$))",
            re.IGNORECASE,
        ),
    ),
    (
        "thing",
        re.compile(
            r"\b(?:the two|both(?: of them)?)\b(?= *(?:$|[?.,!]|be\b|in\b|at\b|used|differ"
            r"|have|combined))|\bthe same(?= *(?:$|[?.!]))",
            re.IGNORECASE,
        ),
    ),
)
