"""The kind of a question, from the words it is asked with, in five languages."""

from __future__ import annotations

import re

from assistant.questions.properties import names_property
from assistant.questions.records import Kind

_POLITE = re.compile(
    r"(?:(?:please|hi|hello|hey|ok(?:ay)?|so|and|but|also|now|then|well)\b[,:]? *"
    r"|(?:can|could|would|will) you (?:please |kindly )?(?=tell|show|list|give|find|explain|compare"
    r"|summar|describe|define|name|look)"
    r"|(?:i(?:'d| would) like|i (?:want|need)) (?:you )?to (?:know|see|find out|understand) *"
    r"|(?:please )?(?:tell|remind) me (?!more|about)|(?:do|does) (?:you|anyone) know "
    r"|according to [^,?]{1,60}, *|in (?:the |our |all )?(?:patents|reports|documents), *"
    r"|(?:in|since|between|before|after|until|at|under|with|for) [^,?]{1,50}, +(?=wh|how|is"
    r"|are|do|can))+",
    re.IGNORECASE,
)
_DOCUMENTS = (
    r"(?:patents?|documents?|reports?|applications?|publications?|papers?|filings?|studies"
    r"|disclosures?|references?|inventions?)"
)
_LEGAL = (
    r"\b(?:non-?)?infring\w*|\b(?:un)?patentab\w+|\binvalid(?:ate[sd]?|ity)?\b"
    r"|freedom[- ]to[- ]operate"
    r"|\bFTO\b|\binventive step\b|\blegal (?:risk|opinion|advice|status)"
    r"|\b(?:valid|validity|enforceab\w+)\b(?=.*\b(?:patents?|claims?|[A-Z]{2}\d{5}))"
    r"|\b(?:patents?|claims?|[A-Z]{2}\d{5}\w*)\b.{0,60}\b(?:valid|validity|enforceab\w+)\b"
    r"|\b(?:is|are|be|was|were)\b(?! an?\b).{0,60}\b(?:novel|obvious|inventive)(?: over\b|"
    r" in view\b"
    r"|\?|$| and | or )|\banticipate[sd]?\b.{0,40}\bclaims?\b|\bclaims?\b.{0,60}\banticipated\b"
    r"|\b(?:need|require|take) (?:a|any) licen[cs]e|\bare we (?:allowed|free) to\b"
    r"|침해|무효|특허성|신규성|진보성|侵害|無効|特許性|新規性|進歩性|侵权|无效|专利性|创造性"
    r"|\bverletz\w*|\bnichtig\w*|patentfähig|rechtsbeständig|erfinderisch"
)
_SUMMARY = (
    r"^(?:give (?:me )?|provide |write |make )?(?:an? |the )?(?:short |brief |quick )?"
    r"(?:summar[iy]\w*|overview|digest|abstract of)\b|\bin a nutshell\b|\btl;?dr\b"
    r"|\b(?:key|main) (?:points|messages|findings|takeaways)\b"
    r"|^what (?:is|are) (?:[^?]{2,60}) (?:all )?about\b|요약|要約|总结|摘要|^fasse\b"
    r"|zusammenfassung"
)
_COMPARISON = (
    r"\bcompar(?:e|ed|es|ing|ison|isons)\b(?! to (?:the )?prior)|\bdifferen(?:ce|ces|t)"
    r" (?:between|from)\b|\bdiffers?\b"
    r"|\bvs\b\.?|\bversus\b|\b(?:advantages?|benefits?|disadvantages?) of .{2,60}\bover\b"
    r"|\b(?:better|worse|(?!other\b|rather\b|whether\b|under\b|over\b|ever\b)\w{2,}er|more"
    r" \w+|less \w+)(?: \w+){0,3} than\b(?! *(?:about |approximately )?[\d.]| (?:zero|one"
    r"|half"
    r"|the (?:usual|normal)))|^which (?:one |of \w+ )?(?:is|are|has|have|gives?) .*,? .*\bor\b"
    r"|\b(?:better|worse|safer|cheaper|best)\b[^?]*[,:] .*\bor\b"
    r"|^(?:is|are) [^?]+ or [^?]+ (?:better|worse|safer|cheaper|more \w+|prefer\w+)\b"
    r"|비교|차이|比較|違い|异同|比较|区别|\bvergleich\w*|unterschied|\bals\b(?<=er als)"
)
_COUNT = (
    rf"\b(?:how many|number of|count(?: of)?|wie viele|anzahl(?: der)?) (?:\S+ ){{0,4}}?"
    rf"(?:{_DOCUMENTS}|compan(?:y|ies)|part(?:y|ies)|applicants|inventors|famil(?:y|ies)"
    r"|patente|dokumente|berichte|anmeldungen)\b|몇 ?(?:건|개의 ?(?:특허|문서|보고서))|何件"
    r"|多少(?:件|篇)"
)
_CAUSE = (
    r"^why\b|\bwhy (?:is|are|do|does|did|was|were|can|has|should)\b|\b(?:what|which) (?:\w+"
    r" )?(?:causes?|leads? to|explains?|triggers?|drives?|is responsible)\b"
    r"|\b(?:reasons?|causes?) (?:for|of|why|behind)\b|\bhow come\b|\bwhat (?:is|was|are)"
    r" the (?:causes?|reasons?)\b"
    r"|\bhow (?:can|could|do|does|did|to|should|might|may|is|are|was) .*\b(?:prevent|avoid"
    r"|reduce|mitigate|suppress|solve|fix|overcome|remed(?:y|i)"
    r"|counter|minimi[sz]e|eliminate|limit|inhibit|improve|increase|enhance|affect"
    r"|influence|impact|work|change|depend)"
    r"(?:e?d|s|es)?\b"
    r"|\bwhat (?:can|could) be done\b|\b(?:effects?|influence|impact|role) of\b|\bwhat happens\b"
    r"|\bwhat effects?\b|\bremed(?:y|ies)\b|\bcountermeasures?\b|\bmechanisms? (?:of|behind|for)\b"
    r"|왜|이유|원인|방지|억제|なぜ|理由|原因|为什么|为何|\b(?:warum|wieso|weshalb|ursachen?"
    r"|grund|gründe)\b"
)
_ASKS_HOW_MUCH = (
    r"\bhow (?:much|many|thick|thin|long|large|big|small|high|low|hot|cold|fast|slow|often"
    r"|dense|deep|wide"
    r"|heavy|viscous|porous|pure|strong|soon|far|close|rough|tall|short|loud|expensive"
    r"|conductive|stable"
    r"|efficient|concentrated|humid|dry|early|late)\b|얼마|몇|いくら|どのくらい|どれくらい"
    r"|どの程度|何%|何℃|多少|多大"
    r"|多高|多厚|\bwie ?viele?\b"
    r"|\bwie (?:hoch|dick|lange?|groß|stark|schnell|oft|tief|breit|dünn|heiß|warm|dicht)\b"
    r"|\bfrom (?:what|which) .* to\b|\bto (?:what|which) extent\b"
)
_PROCEDURE = (
    r"^how (?:do|does|did|can|could|should|would|might|to|is|are|was|were|must) "
    r"|\b(?:procedure|protocol|steps?) (?:for|of|to|in)\b"
    r"|^(?:describe|explain) how\b|\b(?:method|process) (?:for|of|to) \w+ing\b"
    r"|어떻게|방법|どのように|どうやって|方法|如何|怎么|怎样|^wie (?:wird|werden|kann"
    r"|stellt|macht|lässt|erfolgt)\b"
)
_DEFINITION = (
    r"^(?:what|who) (?:exactly |actually )?(?:is|are|was|were|'s) |^what's |\bwhat does"
    r" .{1,60} (?:mean|stand for|refer to)\b"
    r"|^what (?:does|do) .{1,60} do\b|^define\b|\bdefinition of\b|\bmeaning of\b|\bwhat is"
    r" (?:meant|understood) by\b"
    r"|^explain (?:what |the (?:term|concept) )|무엇|뭐|이란|뜻|의미|何ですか|何です|とは"
    r"|什么是|是什么|^was"
    r" (?:ist|sind|bedeutet|versteht)\b"
)
_LIST = (
    r"^(?:list|show|find|name|enumerate|search|give me|get|any)\b|^(?:which|what) (?!(?:is"
    r"|are|do|does|did|was|were|has|have|happens?|happened|if|about|would|can|should"
    r"|will)\b)\w|^who\b|^whose\b"
    rf"|\bare there (?:any |other )?(?:\w+ ){{0,2}}{_DOCUMENTS}|\bis there (?:a|any) (?:\w+"
    rf" )?{_DOCUMENTS}"
    rf"|^(?:in |according to |of |from )?which (?:of )?|^{_DOCUMENTS} (?:on|about|that"
    rf"|which|describing|with|by|from|for)\b"
    r"|어떤|어느|목록|찾아|보여|一覧|リスト|どの|どれ|哪些|哪个|\bwelche[rsmn]?\b"
    r"|^(?:zeige?|liste|nenne|finde)\b"
)
_YES_NO = (
    r"^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|may|might"
    r"|must)(?:n't)? "
    r"|^(?:ist|sind|hat|haben|kann|können|gibt|wird|werden|darf|soll|sollte|muss)\b"
    r"|(?:까|나요|인가요|는가|은가|인가|니)\?*$|ますか|ですか|か[?。]?$|吗"
)
_VALUE_HEAD = re.compile(
    r"(?:^|\b)(?:(?:what|which)(?: kind of| sort of)?|at (?:what|which)|(?:to|in|under|for"
    r"|within|with) (?:what|which)) (.{0,60})",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"^(?:what|which) (?:is|are|was|were|'s|should|would)(?: be)? (?P<the>the |an? |its "
    r"|their )?(?P<rest>.+)",
    re.IGNORECASE,
)


def _compiled(*patterns: tuple[Kind, str]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in patterns)


_PATTERNS = _compiled(
    ("legal", _LEGAL),
    ("summary", _SUMMARY),
    ("comparison", _COMPARISON),
    ("count", _COUNT),
    ("cause", _CAUSE),
    ("value", _ASKS_HOW_MUCH),
    ("procedure", _PROCEDURE),
)
_LATER = _compiled(
    ("definition", _DEFINITION),
    ("list", _LIST),
    ("yes/no", _YES_NO),
    ("list", rf"^(?:\S+ ){{0,3}}?(?:{_DOCUMENTS}|Patente\w*|특허|特許)\b"),
)
_LIST_HEAD = re.compile(
    r"^what (?:are|were) (?:the |some |your )?(?:\w+ )?(?:components?|materials?|types?"
    r"|kinds?|methods?|ways|examples?|ingredients"
    rf"|options|candidates|constituents|{_DOCUMENTS}|additives|binders|solvents|salts|steps"
    rf"|advantages|disadvantages|drawbacks|benefits|problems|challenges|requirements)\b"
    r"|^what (?:was|were|is|are|has been|have been) (?:\w+ )?(?:filed|published|disclosed"
    r"|claimed|described|patented|reported)\b",
    re.IGNORECASE,
)


def question_kind(text: str) -> Kind:
    """What kind of answer is wanted; "other" where the words do not say.

    >>> [question_kind(q) for q in ("What is SEI?", "What is the porosity of it?", "Warum so?")]
    ['definition', 'value', 'cause']
    """
    text = text.strip().replace("’", "'")
    if polite := _POLITE.match(text):
        text = text[polite.end() :] or text
    for kind, pattern in _PATTERNS:
        if pattern.search(text):
            return kind
    if _asks_value(text):
        return "value"
    if _LIST_HEAD.search(text):
        return "list"
    return next((kind for kind, pattern in _LATER if pattern.search(text)), "other")


def _asks_value(text: str) -> bool:
    """Whether a property stands where its value is asked for."""
    if what := _WHAT_IS.match(text):
        head = re.split(r"\b(?:at|in|after|for|with|when|that|which|on)\b", what["rest"])[0]
        named = names_property(head.split(" of ")[0])
        # "What is capacity retention?" asks for the meaning, "what is the retention of X?" not.
        whole = head.strip(" ?").lower() == named.lower()
        return bool(named) and not (
            whole and not what["the"] and what["rest"].strip(" ?") == head.strip(" ?")
        )
    if head := _VALUE_HEAD.match(text):
        first = re.split(
            r"\b(?:is|are|was|were|do|does|did|has|have|should|can|give|gives|gave|show|of"
            r"|for|in|at)\b",
            head[1],
        )[0]
        short = len(first.split()) <= 5 and not any(c.isdigit() for c in first)
        return short and bool(names_property(first, at_end=True))
    if re.search("[가-힣぀-ヿ]", text):
        return bool(names_property(text)) and bool(re.search(r"무엇|何|몇|인가|は[?？]?$", text))
    if german := re.match(
        r"(?:was (?:ist|sind|beträgt)|welche[rsmn]?|bei welche[rsmn]?) (.{0,60})",
        text,
        re.IGNORECASE,
    ):
        return bool(names_property(german[1]))
    return False
