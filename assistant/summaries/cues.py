"""The wording by which documents tell what they ask, what they provide and what they found.

English first; for Korean, Japanese, Chinese and German the set phrases of patents.
"""

from __future__ import annotations

import re

PROBLEM_HEADING = re.compile(
    r"\bproblem|\bobject(?:ive)?s?\b|\baims?\b|\bmotivation|해결하(?:려|고자)는과제|기술적과제"
    r"|課題|\bAufgabe|技术问题",
    re.IGNORECASE,
)
BACKGROUND_HEADING = re.compile(
    r"background|prior art|state of the art|related art|\bintroduction|배경|종래|背景"
    r"|Stand der Technik|Hintergrund|^question",
    re.IGNORECASE,
)
SOLUTION_HEADING = re.compile(
    r"\bsummary|\bsolution|\bdisclosure of|invention in brief|means (?:for|to) sol|해결수단"
    r"|발명의구성|手段|Zusammenfassung|Lösung|Darstellung der Erfindung|发明内容",
    re.IGNORECASE,
)
EFFECT_HEADING = re.compile(r"\beffects?\b|\badvantage|발명의효과|効果|Vorteil|有益效果", re.I)
FINDING_HEADING = re.compile(
    r"\bsummary|\babstract|\bconclu|\brecommend|\bfinding|\bresults?\b|\bdiscussion", re.I
)
AIM = re.compile(
    r"\b(?:object|objective|aim|purpose|goal|task)s? (?:of (?:the|this|our|an?) |is |was |underly)"
    r"|\bproblems? (?:to be solved|underlying|is|was|that|of|with|in)\b"
    r"|\b(?:need|demand)s? (?:exists|remains|for|to (?:provide|develop|improve|find))\b"
    r"|\bwould be (?:desirable|advantageous)"
    r"|\b(?:is|are|has been|have been) (?:strongly |highly |also )?(?:desired|required|sought)\b"
    r"|\b(?:drawback|disadvantage|shortcoming|deficienc|bottleneck|a challenge)"
    r"|\bchallenges? (?:of|for|in|is|are|to)\b"
    r"|문제점|목적|과제|단점|課題|目的|問題|Aufgabe|Nachteil|Problem\b|问题|目的"
)
# How reports say what they ask; a patent uses the same words for what its parts do.
ASKED = re.compile(
    r"\b(?:to (?:find out|clarify|determine|investigate|examine|assess|evaluate|understand|test)\b"
    r"|it was asked|we (?:asked|investigat|stud|examin|hypothesi|aim)|question|whether)",
    re.IGNORECASE,
)
BUT = re.compile(r"\b(?:however|but|although|unfortunately|nevertheless|yet|whereas)\b", re.I)
TROUBLE = re.compile(
    r"\b(?:problem|difficult|insufficien|inadequa|poor|fail|suffer|degrad|deteriorat|cannot|unable"
    r"|limit(?:ed|s|ation)|lack|loss(?:es)?\b|los(?:e|ing)\b|risk|danger|hazard|unstab|expensive"
    r"|costly|complicated|time.consuming|crack|corro|attack|short.circuit|swell|uneven|unsafe"
    r"|not (?:enough|sufficient|possible|able|satisf)|too (?:high|low|thick|thin|slow|much|small"
    r"|large|fast)|impair|hinder|undesir|defect|bottleneck)|문제|한계|어렵|곤란|저하|困難|低下",
    re.IGNORECASE,
)
PROVIDES = re.compile(
    r"\b(?:invention|disclosure|application|embodiments?|aspects?|paper|report|work|study)\b.{0,40}"
    r"\b(?:provid|relat|direct|describ|disclos|propos|concern|present|include|compris|report)"
    r"|\b(?:is|are) (?:provided|disclosed|described|proposed|presented|suggested)\b"
    r"|\b(?:provided|disclosed|described|presented) (?:herein|here|is|are)\b"
    r"|\b(?:object|problem|task|drawback)s?\b.{0,60}\b(?:achieved|solved|overcome|attained)"
    r"|\b(?:we|the authors) (?:here )?(?:propos|present|develop|introduc|describ|report|show)"
    r"|본 ?발명은|제공|해결|本発明は|提供|gelöst|Erfindung (?:betrifft|stellt)|本发明",
    re.IGNORECASE,
)
SOLVED = re.compile(r"\b(?:achieved|solved|overcome|attained|accomplished)\b|gelöst")
EFFECT = re.compile(
    r"\b(?:thereby|as a result|advantage|improv|suppress|reduc|increas|prevent|enabl|allow"
    r"|overcome)|효과|향상|効果|向上|verbessert",
    re.IGNORECASE,
)
FOUND = re.compile(
    r"\b(?:we (?:found|find|show|observ|conclud|demonstrat)|(?:results?|data|findings?|tests?)"
    r" (?:show|indicat|suggest|demonstrat|confirm)|was (?:found|observed|measured|shown)"
    r"|were (?:found|observed|measured|shown)|conclu|recommend|in summary|should be)",
    re.IGNORECASE,
)
# Sentences about the text itself, or that mean little away from what they point to.
BOILERPLATE = re.compile(
    r"\b(?:scope of|incorporated (?:herein )?by reference|cross.reference|provisional|keywords"
    r"|priority (?:to|of|from)|limited to|as used herein|the terms?|person skilled|modifications"
    r"|reserved|copyright|additional file|government support|not (?:an )?admi|prior art document"
    r"|patent (?:document|literature)|will be (?:described|apparent|better understood)"
    r"|reference to the (?:drawing|accompanying))"
    r"|특허문헌|선행기술|첨부|도면을 참|다음과 같|図面を参照",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\b(?:FIGS?\.?|Figures?|Table) ?\d|도 ?\d|図\d", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"(?:It|This|These|Those|They|Such|Its|Their|Here|There|Then|Also|Further|Furthermore|Moreover"
    r"|In addition|Additionally|Therefore|Thus|Hence|Accordingly|For example|For instance)\b"
)
REFERENCE = re.compile(r"\[\d+(?:[,–-] ?\d+)*\]|\bet al\b|\(\w+,? (?:19|20)\d\d\)")
NUMBER = re.compile(r"\d")
HANGUL = re.compile("[가-힣]")
