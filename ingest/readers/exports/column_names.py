"""The column names of search services' exports, by what such a column holds.

The documented table is docs/exports.md.
"""

from __future__ import annotations

# Field -> names, the best first: where a row fills several of them, the first one counts.
COLUMNS: dict[str, tuple[str, ...]] = {
    "record id": ("_id",),
    "text": ("text",),
    "id": ("id", "Lens ID", "Record ID", "guid"),
    # Told by what it holds: other tables have such a column, too.
    "document id": ("Document ID",),
    "number": (
        "Publication Number", "Publication Numbers", "Publication No", "Pub No", "Display Key",
        "Patent Number", "Patent No", "Patent/Publication Number", "Publication/Patent Number",
        "Patent/Publication No", "Document Number", "Publication ID", "Patent ID",
        "Record Number", "Publication numbers with kind code", "Open Publication Number",
        "공개(공고)번호", "공개등록번호", "문헌번호", "특허번호", "文献番号", "公報番号",
        "特許番号", "公开(公告)号", "公开公告号", "专利号",
        "Veröffentlichungsnummer", "Publikationsnummer", "Numéro de publication",
    ),
    "laid-open number": ("공개번호", "公開番号", "公开号"),
    "registration number": ("등록번호", "登録番号", "公告号", "授权公告号"),
    "country": (
        "Jurisdiction", "Country Code", "Publication Country", "Publication Country Code",
        "Publishing Country", "Publication Authority", "Authority", "Country", "국가코드", "국가",
        "出願国", "发布国", "国家", "受理局", "Land",
    ),
    "kind": (
        "Kind", "Kind Code", "Publication Kind", "Publication Kind Code", "Document Kind",
        "문헌종류코드", "公报类型代码", "Dokumentart", "WIPO Kind", "Patent Kind",
    ),
    "title": (
        "Title", "Invention Title", "Title of Invention", "Patent Title", "Title (English)",
        "Title - English", "Title (Original)", "Original Title", "Title - Original",
        "Title - DWPI", "DWPI Title", "Title DWPI", "Title (Translated)",
        "발명의 명칭", "발명의명칭", "발명의 국문명칭", "명칭", "발명의 명칭(원문)",
        "発明の名称", "名称", "标题", "标题(译)", "发明名称", "专利名称", "Titel",
        "Bezeichnung", "Titre", "Titre de l'invention", "title_localized",
    ),
    "abstract": (
        "Abstract", "Abstract (English)", "Abstract - English", "Abstract (Original)",
        "Original Abstract", "Abstract - Original", "Abstract Text", "Summary",
        "Abstract - DWPI", "DWPI Abstract", "Abstract DWPI", "Abstract (Translated)",
        "Abstract - DWPI Novelty", "요약", "요약(원문)", "초록", "要約", "摘要", "摘要(译)",
        "Zusammenfassung", "Abrégé", "Résumé", "Patent Abstract", "abstract_localized",
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
        "Inhaber", "Titulaire", "assignee_harmonized", "Assignee Organization",
    ),
    "inventors": (
        "Inventors", "Inventor", "Inventor(s)", "Inventor Name", "Inventor Names",
        "Inventor - Original", "Inventor - DWPI", "발명자", "발명자명", "発明者", "发明人",
        "Erfinder", "Inventeurs", "Inventeur", "inventor_harmonized",
    ),
    # Google Patents alone writes persons with commas between them.
    "inventors with commas": ("inventor/author",),
    "authors": ("Authors", "Author", "Author/s", "Author(s)", "Author Names"),
    "cpc": (
        "CPC Classifications", "CPC Classification", "CPC", "CPCs", "CPC - Current", "CPC Current",
        "CPC Codes", "CPC Code", "CPC Symbols", "CPC Class", "CPC (All)", "All CPC",
        "CPC Main", "CPC (Main)", "CPC - Original", "CPC Full", "CPC분류", "CPC 분류",
        "CPC分类号", "CPC分类", "CPC-Klassifikation", "Classification CPC",
        "Current CPC All", "Original CPC All",
    ),
    "ipc": (
        "IPCR Classifications", "IPC Classifications", "IPC Classification", "IPC", "IPCs", "IPCR",
        "IPC - Current", "IPC Current", "IPC Codes", "IPC Code", "IPC Symbols", "IPC Class",
        "IPC (All)", "All IPC", "IPC Main", "IPC (Main)", "Main IPC", "IPC - Original",
        "IPC - Current - DWPI", "Int. Cl.", "International Classification", "IPC분류", "IPC 분류",
        "IPC코드", "国際特許分類", "IPC分类号", "IPC分类", "IPC主分类号", "IPC-Hauptklasse",
        "Classification IPC", "CIB", "Current IPC All", "Original IPC All",
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
        "Veröffentlichungsdatum", "Veröffentlichungstag", "Date de publication", "Patent Date",
    ),
    "grant date": (
        "Grant Date", "Issue Date", "Date of Grant", "Granted Date", "공고일", "공고일자",
        "등록일", "등록일자", "登録日", "授权日", "授权公告日", "Erteilungsdatum",
        "Date de délivrance",
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
        "Patentansprüche", "Revendications", "claims_localized",
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
        "description_localized",
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
