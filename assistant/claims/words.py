"""The words by which claims are built, in English and German, some in French, as patterns."""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE | re.VERBOSE

# What ends a preamble (MPEP 2111.03 calls it the transitional phrase).
TRANSITION = re.compile(
    r"""\b(?:(?:which|that|who|and|further|also|additionally)\s+)*
    (?:compris(?:ing|es|e)|includ(?:ing|es|e)|contain(?:ing|s)|consist(?:ing|s)?
      (?:\s+essentially)?\s+(?:of|in)|composed\s+of|characteri[sz]ed\s+(?:in\s+that|by)
      |having(?!\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}(?:formula|structure)\b)
      |(?:dadurch\s+)?gekennzeichnet,?\s+(?:dass|daß|durch)|umfassend|umfa(?:ss|ß)t|aufweisend|aufweist
      |enthaltend|bestehend\s+aus|beinhaltend|comprenant|comportant|caractéris\w+\s+(?:en\s+ce\s+que|par)|mit(?=\s+(?:mindestens\s+|wenigstens\s+)?eine[mr]\b)
      |folgende(?:n|s)?\s+(?:Verfahrens)?schritte(?:\s+(?:umfassend|aufweisend))?)
    (?:\s+(?:at\s+least\s+)?(?:the\s+)?(?:following\s+|method\s+|process\s+)?(?:steps?|acts?|operations)
      (?:\s+of\b)?|,?\s+in\s+combination\b,?|\s+the\s+following(?=\s*:)
      |\s+(?:die\s+)?(?:folgende\w*\s+)?(?:Verfahrens)?[Ss]chritte(?=\s*:))?
    \s*:?""",
    _FLAGS,
)
# A transition of the claim itself ("the method comprising"), not of what its preamble names.
ANCHOR = re.compile(
    r"""(?:,|\b(?:the|said|which|wherein\s+the|das|die|der|wobei\s+das)\s+(?:[\w-]+\s+){0,3}?
    (?P<head>[\w-]+)|\b(?:method|process|verfahren)\s+(?:which|that))\s*$""",
    _FLAGS,
)
# Opens a clause on what was named before.
WHEREIN = re.compile(
    r"""(?:,\s*|\s+|(?<!\w))(?:(?:and|und|sowie)\s+)?(?:further,?\s+(?=wherein))?
    (?P<word>wherein|whereby|whereupon|(?:further\s+|ferner\s+)?(?:characteri[sz]ed\s+(?:in\s+that|by)
      |dadurch\s+gekennzeichnet,?\s+(?:dass|daß)|gekennzeichnet\s+durch
      |caractéris\w+\s+(?:en\s+ce\s+qu[e'’]|par))|wobei
      |(?<=,\s)(?:(?:in|of|on|at|to|from|by|through|for)\s+which|where|bei\s+(?:dem|der|welche[mr])
        |in\s+(?:dem|der|welche[mr])|und\s+dass|dass))\b""",
    _FLAGS,
)
# A condition on the symbols of a formula, which belongs to the formula.
SYMBOLS = re.compile(
    r"""[,:]?\s*(?:in\s+(?:the\s+)?(?:chemical\s+)?formula\s*[\w()]*,?\s*)?
    (?:[−-]?\d[\d.]*\s*[≤<≦⩽]
      |(?!(?:it|we|he|an|at|in|no|as|of|on|to|by|or|if|is|be)\b)
      [A-Za-zα-ωΑ-Ω][a-z]?[\d'′]{0,3}\s*(?:[≤<>≥=≦≧⩽⩾+]|(?:is|are|represents?|denotes?|stands?
      |satisf(?:y|ies)|consists?|each|ist|bedeutet)\s|(?:and|,)\s*[A-Za-zα-ω][a-z]?\d?\b))""",
    re.VERBOSE,
)
SYMBOLS_FROM = re.compile(
    rf"\b(?:wherein|where|in\s+which|whereby)\b{SYMBOLS.pattern}", SYMBOLS.flags
)
FINITE = (
    r"(?:(?:further|also|each|optionally|preferably|respectively|independently|both|all|then)\s+)*"
    r"(?:is|are|has|have|compris(?:es|e)|includ(?:es|e)|contains?|consists?|satisf(?:ies|y)|ranges?"
    r"|exceeds?|lies|does|do|can|may|shall|will|ist|sind|hat|haben|weist|umfasst|enthält|beträgt)\b"
)
PARTICIPLE = r"(?:comprising|including|containing|having|being|consisting)\b"
# Opens a clause inside which "and" joins nothing at the level of the claim.
SUBORDINATE = re.compile(
    r"\b(?:when|if|because|whether|while|until|once|unless|whose|provided|such|so|whenever|wenn"
    r"|falls|sodass|that(?=\s+(?:the|a|an|said|each|at|one|no|there)\b))\b",
    re.IGNORECASE,
)
# What follows is one of several: to have one of them is enough, so the list is one limitation.
ALTERNATIVES = re.compile(
    r"\b(?:selected|chosen|drawn|taken)\s+(?:independently\s+)?(?:from|among)\b|\bgroup\s+(?:\w+\s+)?of"
    r"|\b(?:one|any|more|either|least\s+(?:one|two|three))(?:\s+\w+)?\s+of(?:\s+the\s+following)?\b"
    r"|\bmindestens\s+eine[mrs]?\s+(?:aus|von)\b|\bausgewählt\b|\bGruppe\s+bestehend\b|\beither\b",
    re.IGNORECASE,
)
ARTICLE = (
    r"(?:an?|one(?:\s+or\s+more)?|at\s+least\s+(?:one|two|three|a)|(?:two|three|four)(?:\s+or\s+more)?"
    r"|plural(?:ity\s+of)?|multiple|means\s+for|eine[rnms]?|ein|mindestens\s+eine?[nr]?"
    r"|wenigstens\s+eine?[nr]?)"
)
# Words that end a noun phrase.
STOP = re.compile(
    r"^(?:of|for|in|on|at|to|from|by|with|between|having|comprising|including|containing|consisting"
    r"|being|wherein|which|that|is|are|has|have|comprises?|includes?|contains?|consists?|and|or|as"
    r"|according|disposed|formed|located|arranged|provided|configured|adapted|connected|coupled"
    r"|positioned|using|represented|made|obtained|prepared|further|where|whereby|und|mit|umfassend|aus"
    r"|für|zum|zur|nach|gemäß|ist|sind|weist|hat)$",
    re.IGNORECASE,
)
# Figures of a property: "of 5 to 20 nm", "in a range of", "less than 3".
OF_FIGURES = (
    r"(?:of|in\s+(?:a|the)\s+range(?:\s+of|\s+from)?|ranging|between|from|less|greater|more|at|not|no"
    r"|above|below|equal|exceeding|von|zwischen|[≤<>≥=])[^,;]*?\d"
)
# What leads in a clause: "wherein", "characterised in that".
LEADS = re.compile(
    r"\W*(?:(?:further\s+)?wherein|whereby|whereupon|wobei|where|in\s+which|bei\s+(?:dem|der|welche[mr])|(?:further\s+|ferner\s+)?(?:characteri[sz]ed\s+(?:in\s+that|by)"
    r"|dadurch\s+gekennzeichnet,?\s+(?:dass|daß)|gekennzeichnet\s+durch|caractéris\w+\s+en\s+ce\s+que))\b[\s,:]*",
    re.IGNORECASE,
)


def without_lead(text: str) -> str:
    """A clause without the word that leads it in.

    >>> without_lead("wherein the coating is dry")
    'the coating is dry'
    """
    lead = LEADS.match(text)
    return text[lead.end() :] if lead else text
