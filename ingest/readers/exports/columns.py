"""The column names of search services' exports, and what a header row therefore is.

The documented table is docs/exports.md. Names are compared without case, blanks and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Field -> names, the best first: where a row fills several of them, the first one counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "record id": ("_id",),
    "text": ("text",),
    "id": ("id", "Lens ID", "Record ID", "guid"),
    "number": (
        "Publication Number", "Publication Numbers", "Publication No", "Pub No", "Display Key",
        "Patent Number", "Patent No", "Patent/Publication Number", "Publication/Patent Number",
        "Patent/Publication No", "Document Number", "Publication ID", "Patent ID",
        "Record Number", "Publication numbers with kind code", "Open Publication Number",
        "공개번호", "공개(공고)번호", "등록번호", "공개등록번호", "문헌번호", "특허번호",
        "文献番号", "公開番号", "公報番号", "登録番号", "特許番号",
        "公开号", "公告号", "公开(公告)号", "公开公告号", "专利号",
        "Veröffentlichungsnummer", "Publikationsnummer", "Numéro de publication",
    ),
    "country": (
        "Jurisdiction", "Country Code", "Publication Country", "Publication Country Code",
        "Publishing Country", "Publication Authority", "Authority", "Country", "국가코드", "국가",
        "出願国", "发布国", "国家", "受理局", "Land",
    ),
    "kind": (
        "Kind", "Kind Code", "Publication Kind", "Publication Kind Code", "Document Kind",
        "문헌종류코드", "公报类型代码", "Dokumentart",
    ),
    "title": (
        "Title", "Invention Title", "Title of Invention", "Patent Title", "Title (English)",
        "Title - English", "Title (Original)", "Original Title", "Title - Original",
        "Title - DWPI", "DWPI Title", "Title DWPI", "Title (Translated)",
        "발명의 명칭", "발명의명칭", "발명의 국문명칭", "명칭", "발명의 명칭(원문)",
        "発明の名称", "名称", "标题", "标题(译)", "发明名称", "专利名称", "Titel",
        "Bezeichnung", "Titre", "Titre de l'invention",
    ),
    "abstract": (
        "Abstract", "Abstract (English)", "Abstract - English", "Abstract (Original)",
        "Original Abstract", "Abstract - Original", "Abstract Text", "Summary",
        "Abstract - DWPI", "DWPI Abstract", "Abstract DWPI", "Abstract (Translated)",
        "Abstract - DWPI Novelty", "요약", "요약(원문)", "초록", "要約", "摘要", "摘要(译)",
        "Zusammenfassung", "Abrégé", "Résumé",
    ),
    "applicants": (
        "Applicants", "Applicant", "Applicant Name", "Applicant Names", "Applicants/Owners",
        "Applicant/Owner", "Assignee/Applicant", "Assignees/Applicants", "Applicant/Assignee",
        "Applicant(s)", "출원인", "출원인명", "出願人", "出願人/権利者", "出願人・権利者",
        "申请人", "申请(专利权)人", "Anmelder", "Anmelder/Inhaber", "Demandeurs", "Demandeur",
        "Déposant",
    ),
    "assignees": (
        "Owners", "Owner", "Current Assignee", "Current Assignees", "Assignee - Current",
        "Assignee", "Assignees", "Assignee(s)", "Assignee Name", "Original Assignee",
        "Assignee - Original", "Patent Assignee", "Assignee - Standardized", "Optimized Assignee",
        "Assignee - DWPI", "[Standardized]Current Assignee",
        "[Standardized]Original Assignee", "Current Owner", "Proprietor", "Patentee",
        "현재권리자", "최종권리자",
        "권리자", "権利者", "当前专利权人", "当前权利人", "专利权人", "当前申请(专利权)人",
        "Inhaber", "Titulaire",
    ),
    "inventors": (
        "Inventors", "Inventor", "Inventor(s)", "Inventor Name", "Inventor Names",
        "Inventor - Original", "Inventor - DWPI", "발명자", "발명자명", "発明者", "发明人",
        "Erfinder", "Inventeurs", "Inventeur",
    ),
    # Google Patents alone writes persons with commas between them.
    "inventors with commas": ("inventor/author",),
    "authors": ("Authors", "Author", "Author/s", "Author(s)", "Author Names"),
    "cpc": (
        "CPC Classifications", "CPC Classification", "CPC", "CPCs", "CPC - Current", "CPC Current",
        "CPC Codes", "CPC Code", "CPC Symbols", "CPC Class", "CPC (All)", "All CPC",
        "CPC Main", "CPC (Main)", "CPC - Original", "CPC Full", "CPC분류", "CPC 분류",
        "CPC分类号", "CPC分类", "CPC-Klassifikation", "Classification CPC",
    ),
    "ipc": (
        "IPCR Classifications", "IPC Classifications", "IPC Classification", "IPC", "IPCs", "IPCR",
        "IPC - Current", "IPC Current", "IPC Codes", "IPC Code", "IPC Symbols", "IPC Class",
        "IPC (All)", "All IPC", "IPC Main", "IPC (Main)", "Main IPC", "IPC - Original",
        "IPC - Current - DWPI", "Int. Cl.", "International Classification", "IPC분류", "IPC 분류",
        "IPC코드", "国際特許分類", "IPC分类号", "IPC分类", "IPC主分类号", "IPC-Hauptklasse",
        "Classification IPC", "CIB",
    ),
    "application number": (
        "Application Number", "Application No", "Appl No", "Application Numbers", "Filing Number",
        "Application ID", "출원번호", "出願番号", "申请号", "Anmeldenummer", "Aktenzeichen",
        "Numéro de demande", "Numéro de dépôt",
    ),
    "filing date": (
        "Application Date", "Filing Date", "Filing/Creation Date", "Filing/Application Date",
        "Application/Filing Date", "Application Filing Date", "Filed", "출원일", "출원일자",
        "出願日", "申请日", "Anmeldedatum", "Anmeldetag", "Date de dépôt", "Date de demande",
    ),
    "publication date": (
        "Publication Date", "Publication Dates", "Pub Date", "Date Published",
        "Publication/Issue Date", "Publication/Grant Date", "Published", "공개일", "공개일자",
        "공개(공고)일", "公開日", "公知日", "公开日", "公开(公告)日", "公开公告日",
        "Veröffentlichungsdatum", "Veröffentlichungstag", "Date de publication",
    ),
    "grant date": (
        "Grant Date", "Issue Date", "Date of Grant", "Granted Date", "등록일", "등록일자",
        "登録日", "授权日", "授权公告日", "Erteilungsdatum", "Date de délivrance",
    ),
    "priority numbers": (
        "Priority Numbers", "Priority Number", "Priority No", "Priority Application Number",
        "Priority Number - DWPI", "Priority Claims", "Priorities", "우선권번호", "우선권주장번호",
        "優先権主張番号", "优先权号", "Prioritätsnummer", "Numéro de priorité",
    ),
    "priority countries": ("Priority Country", "Priority Country Code", "Priority Countries"),
    "priority dates": ("Priority Dates", "Priority Date - DWPI", "우선권일자", "우선권주장일자"),
    "earliest priority": (
        "Earliest Priority Date", "Earliest Priority", "Priority Date", "First Priority Date",
        "Priority Date (Earliest)", "Priority Date - Earliest", "Earliest Priority Date - DWPI",
        "우선일", "우선권일", "최우선일", "優先日", "优先权日", "最早优先权日",
        "Prioritätsdatum", "Prioritätstag", "Früheste Priorität", "Date de priorité",
        "Priorité la plus ancienne",
    ),
    "claims": (
        "Claims", "Claims Text", "All Claims", "Claims (English)", "Claims (Original)",
        "Claims - English", "Claims - Original", "Claim Text", "청구항", "전체청구항", "청구범위",
        "請求の範囲", "特許請求の範囲", "请求项", "权利要求", "权利要求书", "Ansprüche",
        "Patentansprüche", "Revendications",
    ),
    "independent claims": ("Independent Claims", "독립항", "独立权利要求", "独立請求項"),
    "first claim": (
        "First Claim", "First Claim (English)", "Claim 1", "Main Claim", "대표청구항", "제1항",
        "首项权利要求", "第一请求项",
    ),
    "description": (
        "Description", "Description Text", "Description (English)", "Description (Original)",
        "Detailed Description", "Specification", "Full Description", "발명의 상세한 설명",
        "상세한 설명", "명세서", "説明", "詳細な説明", "发明的详细说明", "说明书", "Beschreibung",
    ),
    "cited patents": (
        "Cited Refs - Patent", "Cited Patents", "Cited Patent", "Cited References - Patent",
        "Backward Citations", "Backward Patent Citations", "Patent Citations", "Cites Patents",
        "Citations", "References Cited", "Citing Patents (Backward)", "인용문헌", "引用文献",
        "引用专利", "Zitierte Patente",
    ),
    "cited literature": (
        "NPL Citations", "Cited Refs - Non-patent", "Cited References - Non-Patent", "Cited Works",
        "Cited Non-Patent Literature", "Non-Patent Citations", "Non-Patent Literature",
        "Non Patent Citations", "비특허 인용문헌", "非专利引用文献",
    ),
    # DOCDB simple families; INPADOC's extended ones are wider than what shares a priority.
    "family number": (
        "Family Number", "Family ID", "DOCDB Family ID", "Numéro de famille", "Familiennummer",
    ),
    "family members": (
        "Simple Family Members", "Simple Family", "Simple Patent Family", "简单同族",
    ),
    "document type": (
        "Document Type", "Patent Type", "Publication Type", "문헌유형", "专利类型",
    ),
    "language": ("Language", "Publication Language", "Language Code", "언어"),
    # Counted by the export, so that the same record has another one tomorrow.
    "row number": ("#", "No", "No.", "Nr", "Nr.", "S.No", "Sr. No.", "번호", "序号"),
}  # fmt: skip

# Columns that no other table than one of patents has.
_OF_PATENTS = frozenset(
    "applicants|assignees|inventors|inventors with commas|cpc|ipc|application number|filing date"
    "|grant date|priority numbers|priority dates|earliest priority|claims|independent claims"
    "|first claim|family members|family number|kind".split("|")
)


@dataclass(frozen=True)
class Columns:
    """What a header row says. names: all of them; places: field -> columns, the best first.

    kind: "patents", "records" (the BEIR layout) or "literature" (titles with abstracts).
    """

    names: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    kind: str


def column_key(name: str) -> str:
    """A column's name without case, blanks and punctuation.

    >>> column_key("CPC - Current") == column_key("cpc_current")
    True
    >>> column_key("#"), column_key("_id")
    ('#', '_id')
    """
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    return re.sub(r"[\W_]+", "", plain) if plain not in ("_id", "#") else plain


_FIELDS = {
    column_key(name): (field, rank)
    for field, names in COLUMNS.items()
    for rank, name in reversed(list(enumerate(names)))
}


def recognise(header: Sequence[str]) -> Columns | None:
    """The columns of a header row; None if it is no header that is known.

    A table of patents names numbers or titles beside another column that only patents have.

    >>> recognise(["Publication Number", "Title", "CPC"]).kind
    'patents'
    >>> recognise(["_id", "text"]).kind, recognise(["Sample", "Capacity (mAh/g)", "Title"])
    ('records', None)
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(header):
        field, rank = _FIELDS.get(column_key(name), ("", 0))
        if field:
            found.setdefault(field, []).append((rank, place))
    kind = _kind(frozenset(found))
    if kind is None:
        return None
    places = {field: tuple(place for _, place in sorted(ranked)) for field, ranked in found.items()}
    return Columns(tuple(header), places, kind)


def _kind(fields: frozenset[str]) -> str | None:
    readable = fields & {"title", "abstract", "claims", "first claim", "description"}
    of_patents = fields & _OF_PATENTS
    if "text" in fields and fields & {"record id", "title"}:
        return "records"
    if "record id" in fields and "title" in fields:
        return "records"
    if "number" in fields and (readable or len(of_patents) >= 2):
        return "patents"
    if "title" in fields and len(of_patents) >= 2:
        return "patents"
    if "abstract" in fields and ("title" in fields) and len(of_patents) == 1:
        return "patents"
    return "literature" if {"title", "abstract"} <= fields else None
