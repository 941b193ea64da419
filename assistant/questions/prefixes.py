"""Words at the start and the end of follow-ups that say nothing by themselves: "and what about"."""

from __future__ import annotations

import re

LEAD = re.compile(
    r"^(?:(?:and|but|or|so|then|also|plus|ok(?:ay)?|now|well|hmm+|ah|oh|great|thanks|thank"
    r" you|cool|yes|no|sorry|actually|alright|right|fine|good|next|please|finally|und|aber"
    r"|oder|auch|danke"
    r"|그리고|그럼|그러면|그렇다면|では|それでは|じゃあ|そして|那么|那)(?:[,.!;:…]+ ?| +"
    r"|(?=[?]?$)))+",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^(?:(?:what|how)(?:'s| is it| does it look| about the same| is the situation)?"
    r" ?(?:about|of|for|with)(?= )|what(?: happens)? if (?:(?:it|that|this|the \w+) (?:is"
    r"|was|were)|it's|we (?:use|used|have|go to|take)|you (?:use|take)|i (?:use|take)|one"
    r" uses)"
    r"|if (?:it is|it's)|what (?:is|was|are|were) (?:it|that|this|they|the value)(?= (?:at"
    r"|after|for|with|in|under|when)\b)|(?:do |is it |what about )?(?:the )?same(?:"
    r" question| thing| again| query)?(?: but)?(?= (?:for|with|at|in|on|by|after|under|of"
    r"|since|from|using)\b)"
    r"|(?:is|are|was|does|do|did|would|will|can) (?:(?:that|this|the same)(?: (?:also|too"
    r"|be))*(?: (?:true|the case|valid|so|apply|happen|happens|work|hold|different"
    r"|similar))+|it(?: also)?(?: (?:true|the case|apply|hold|different|so))+)(?: too| also"
    r"| as well)?(?= (?:for|with|in|at|after|under|on|to|when)\b)|(?:likewise|similarly"
    r"|ditto)(?= (?:for|with|at|in))|i (?:meant?|mean)|make (?:it|that)|change (?:it|that"
    r"|this) to|(?:repeat|redo|do|try|answer|show|give me) (?:it|this|that|the same)(?:"
    r" again)?(?: question)?(?= (?:for|with|at|in|on|using|after))"
    r"|how (?:much|high|large|long|many|big)(?: (?:is|was|would) (?:it|that)(?: be)?)?"
    r"(?= (?:with|at|for|in|after|under|without)\b)"
    r"|(?:also )?(?:include|add)(?: also)?(?= (?!it\b|them\b|that\b)\w)"
    r"|(?:try|use|take|consider)(?= (?!of|it\b)\w+(?: \w+)? instead)|(?:let's|lets) (?:try"
    r"|take|say)|was ist(?: denn)? mit|wie (?:ist|sieht|steht) es (?:\w+ )?(?=(?:mit|bei"
    r"|für|um)\b))(?:,? +|$)",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"(?:,? +(?:instead|then|too|as well|also|please|though|now|rather|again|aus"
    r"|specifically|exactly|precisely|stattdessen))*[\s?.!…？。！]*$",
    re.IGNORECASE,
)
JOINS = re.compile(r"^(?:and|but|or|so|then|also|plus|und|aber)\b", re.IGNORECASE)
INSTEAD = re.compile(r"\b(?:instead|rather|stattdessen)[\s?.!]*$", re.IGNORECASE)
