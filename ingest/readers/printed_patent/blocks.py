"""Headings and numbered paragraphs in the description of a printed patent, page by page."""

from __future__ import annotations

import re

from ingest.compose import Composer

_KOREAN = (
    "기술분야 배경기술 발명의내용 해결하려는과제 해결하고자하는과제 과제의해결수단 "
    "과제해결수단 발명의효과 효과"
    " 도면의간단한설명 발명을실시하기위한구체적인내용 발명을실시하기위한형태 발명의실시를위한형태"
    " 발명의실시를위한최선의형태 부호의설명 도면의주요부분에대한부호의설명 선행기술문헌 "
    "특허문헌 비특허문헌"
    " 산업상이용가능성 발명이속하는기술분야 발명이속하는기술및그분야의종래기술 "
    "발명이속하는기술분야및그분야의종래기술"
    " 종래기술 발명이이루고자하는기술적과제 발명의구성및작용 발명의구성 발명의목적 기술적과제 "
    "기술적해결방법"
    " 과제해결방법 유리한효과 실시예 배경이되는기술 고안의내용 고안의효과"
).split()
_CHINESE = "技术领域 背景技术 发明内容 附图说明 具体实施方式 实用新型内容 技術領域".split()
_EUROPEAN = re.compile(
    r"(?:Technical Field|Field(?: of the Invention)?|Background(?: Art| of the Invention)?"
    r"|Summary(?: of"
    r" the Invention)?|Disclosure(?: of the Invention)?|Technical Problem|Technical Solution"
    r"|Solution to"
    r" Problem|Advantageous Effects(?: of Invention)?|Brief Description of (?:the "
    r")?(?:Several Views of"
    r" (?:the )?)?Drawings?|Detailed Description.{0,50}|Description of Embodiments|Best Mode.{0,40}"
    r"|Modes? for .{0,40}|Industrial Applicability|Citation List|Patent Literature|Reference "
    r"Signs List"
    r"|(?:Comparative )?Examples?(?: \d{1,3})?|Technisches Gebiet|Gebiet der Erfindung|Stand "
    r"der Technik"
    r"|(?:Offenbarung|Vorteile|Beschreibung|Zusammenfassung|Ausführungsformen) der Erfindung|Kurze"
    r" Beschreibung der Zeichnungen|Detaillierte Beschreibung.{0,40}|Bezugszeichenliste"
    r"|(?:Ausführungs|Vergleichs)?[Bb]eispiele?(?: \d{1,3})?|Domaine technique|Description "
    r"des dessins)"
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9 ,&()/\-]{3,70}")
_JAPANESE = re.compile(r"[【\[]([^】\]\d０-９]{2,30})[】\]]\s*")
_INNER = frozenset(
    "해결하려는과제 해결하고자하는과제 과제의해결수단 과제해결수단 발명의효과 효과 특허문헌 "
    "비특허문헌 기술적과제"
    " 과제해결방법 유리한효과 기술적해결방법 発明が解決しようとする課題 "
    "課題を解決するための手段 発明の効果"
    " 特許文献 非特許文献".split()
)
_NUMBER = re.compile(r"(?:\[(\d{1,5})\]|【([\d０-９]{4,5})】|<(\d{1,4})>)\s*")
# Korean prints set the number in the margin, and the page's text has it after the first line.
_NUMBER_BEHIND = re.compile(r"\s*(?:\[(\d{4,5})\]|<(\d{1,4})>)$")
_NUMBER_WITHIN = re.compile(r"(?<=[^\s\d])\[(0\d{3})\](?= )")  # Of a table set in columns.
_SENTENCE_END = re.compile(r"[.!?:;。][\"')\]]*$")
_SHORT = 0.7
_NUMBERS_AHEAD = 30  # Deleted paragraphs leave gaps in the numbers; a citation jumps further.


class _Writer:
    """Collects the lines of one paragraph and writes it when the next begins."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._text = ""
        self._number: str | None = None

    def line(self, line: str) -> None:
        glue = "\n" if self._text and not self._text.endswith("\f") else ""
        self._text += glue + line

    def start(self, number: str | None) -> None:
        self.close()
        self._number = number

    def heading(self, text: str, level: int) -> None:
        self.close()
        self._composer.heading(text, level)

    def page(self) -> None:
        if self._text.strip():
            self._text += "\f"
        else:
            self._composer.page()

    def ended(self) -> bool:
        return bool(_SENTENCE_END.search(self._text.rstrip()))

    def close(self) -> None:
        # A break at the end of a paragraph is one between it and the next.
        text = self._text.rstrip("\n ")
        pages = len(text) - len(text.rstrip("\f"))
        self._composer.paragraph(text.rstrip("\f"), self._number)
        for _ in range(pages):
            self._composer.page()
        self._text, self._number = "", None


def compose_description(composer: Composer, text: str) -> None:
    r"""Add headings and paragraphs. text: lines; a form feed starts a page.

    >>> c = Composer("description"); c.page()
    >>> compose_description(c, "기 술 분 야\n본 발명은 전지에 관한[0001]\n것이다.")
    >>> from ingest.facts import DocumentFacts
    >>> section, = c.document(DocumentFacts(id="0f", kind="patent")).sections
    >>> section.heading, section.paragraphs[0].number
    ('기 술 분 야', '0001')
    """
    writer = _Writer(composer)
    last, numbered = 0, False
    for at, page in enumerate(text.split("\f")):
        if at:
            writer.page()
        lines = [line.strip(" \t") for line in page.split("\n")]
        usual = _usual(lines)
        for line in lines:
            number, rest = _numbered(line, last)
            if number is not None:
                writer.start(number)
                last, numbered, line = int(number), True, rest
            elif level := _level(line):
                writer.heading(_heading(line), level)
                line = ""
            if line:
                writer.line(line)
            elif not numbered and writer.ended():
                writer.start(None)
            if not numbered and line and len(line) < usual * _SHORT and writer.ended():
                writer.start(None)
    writer.close()


def _usual(lines: list[str]) -> int:
    widths = sorted(len(line) for line in lines if line)
    return widths[int(len(widths) * 0.8)] if widths else 0


def _numbered(line: str, last: int) -> tuple[str | None, str]:
    """The paragraph number that a line carries, and the line without it."""
    if match := _NUMBER.match(line):
        rest = line[match.end() :]
    elif match := _NUMBER_BEHIND.search(line):
        rest = line[: match.start()]
    elif (match := _NUMBER_WITHIN.search(line)) and int(match[1]) == last + 1:
        return match[1], f"{line[: match.start()]} {line[match.end() :]}"
    else:
        return None, line
    digits = next(group for group in match.groups() if group)
    number = "".join(str(int(digit)) for digit in digits)
    # Older Korean prints number the list of drawings first and set it last.
    fresh = number == "1" and "<" in match[0]
    known = last < int(number) <= last + _NUMBERS_AHEAD
    return (number, rest) if known or fresh else (None, line)


def _heading(line: str) -> str:
    return re.sub(r"^[【\[]|[】\]]\s*$", "", line)


def _level(line: str) -> int:
    """1 or 2 for a heading, the former being the outer one; 0 for other lines."""
    if not line or len(line) > 80:
        return 0
    squeezed = re.sub(r"[\s()（）]", "", line)
    if _JAPANESE.fullmatch(line):
        squeezed = squeezed.strip("【】[]")
        return 2 if squeezed in _INNER else 1
    if squeezed in _KOREAN or squeezed in _CHINESE:
        return 2 if squeezed in _INNER else 1
    letters = sum(1 for c in line if c.isalpha())
    return int(bool(_EUROPEAN.fullmatch(line) or (_CAPITALS.fullmatch(line) and letters >= 4)))
