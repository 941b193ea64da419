from __future__ import annotations

import pytest

from ingest.facts import Priority
from ingest.readers.printed_patent.patent_pdf import patent_facts
from patent_prints import document, pages_of


@pytest.mark.parametrize(
    ("name", "number", "application", "dates", "legal_kind"),
    [
        ("us", "US19930553B2", "19/498,325", "2018-11-23 2022-11-20 2026-01-06", "grant"),
        ("usold", "US5123456", "498,325", "1989-03-23 1990-03-20 1992-06-23", "grant"),
        ("ep", "EP3999111B1", "16123456.7", "2015-01-06 2016-01-05 2019-03-20", "grant"),
        (
            "de",
            "DE102015123456A1",
            "102015123456.7",
            "2015-09-25 2015-09-25 2017-03-30",
            "application",
        ),
        ("jp", "JP6999999B2", "特願2018-012345", "2017-01-31 2018-01-29 2022-01-19", "grant"),
        (
            "cn",
            "CN109999999A",
            "201810012345.X",
            "2017-01-06 2018-01-05 2019-07-12",
            "application",
        ),
        (
            "wo",
            "WO2020095467A1",
            "PCT/EP2019/079999",
            "2018-11-05 2019-10-31 2020-05-08",
            "application",
        ),
        (
            "kra",
            "KR1020190012345A",
            "10-2018-7012345",
            "2016-10-27 2017-10-26 2019-02-11",
            "application",
        ),
    ],
)
def test_front_pages_of_eight_offices(name, number, application, dates, legal_kind):
    facts = document(pages_of(name)).facts
    assert (facts.number, facts.application_number) == (number, application)
    assert f"{facts.priority_date} {facts.filing_date} {facts.publication_date}" == dates
    assert (facts.legal_kind, facts.country) == (legal_kind, number[:2])


@pytest.mark.parametrize(
    ("name", "family", "parties", "inventors", "title"),
    [
        (
            "us",
            "JP2018218951",
            ("Mirabor Energy Co., Ltd.",),
            ("Ola Fjeldstad", "Eva Lund"),
            "COOLING PLATE WITH FLOW-BALANCED CHANNELS",
        ),
        (
            "usold",
            "JP1989072345",
            ("Foo Battery Co., Ltd.",),
            ("Taro Ito", "Jiro Abe"),
            "LITHIUM CELL",
        ),
        (
            "ep",
            "KR1020150001234",
            ("Mirabor Energy Co., Ltd.",),
            ("KIM, Ga Na", "LEE, Da Ra"),
            "ELECTRODE ASSEMBLY",
        ),
        (
            "de",
            "DE102015123456",
            ("Musterzellen GmbH",),
            ("Müller, Hans, Dr.", "Weiß, Eva"),
            "Verfahren zum Fügen von Zellen",
        ),
        (
            "jp",
            "JP2017015678",
            ("架空電池株式会社",),
            ("鈴木 一郎", "佐藤 二郎"),
            "非水電解質二次電池用の正極活物質およびそれを用いた非水電解質二次電池",
        ),
        (
            "cn",
            "KR1020170001234",
            ("架空电池股份有限公司",),
            ("张三", "李四", "王五"),
            "正极材料及其制备方法",
        ),
        (
            "wo",
            "EP18204444",
            ("MUSTERZELLEN GMBH",),
            ("MÜLLER, Hans", "WEISS, Eva"),
            "CATHODE MATERIAL AND METHOD",
        ),
        (
            "kra",
            "JP2016210123",
            ("가공전지 가부시키가이샤",),
            ("스즈키 이치로",),
            "정극 활물질",
        ),
    ],
)
def test_families_and_names(name, family, parties, inventors, title):
    facts = document(pages_of(name)).facts
    assert (facts.family, facts.parties, facts.inventors) == (family, parties, inventors)
    assert facts.title == title


def test_all_priorities_of_an_american_grant_and_its_parents():
    assert document(pages_of("us")).facts.priorities == (
        Priority("JP", "2018-218951", "2018-11-23"),
        Priority("KR", "10-2018-0152345", "2018-12-01"),
        Priority("US", "18/123,456", "2021-01-04"),
        Priority("US", "62/999,888", "2020-03-02"),
    )


def test_three_titles_of_a_european_patent():
    titles = document(pages_of("ep")).facts.titles
    assert [title.text for title in titles] == [
        "ELECTRODE ASSEMBLY",
        "ELEKTRODENANORDNUNG",
        "ENSEMBLE D'ÉLECTRODES",
    ]


def test_japanese_file_index_symbols_are_no_ipc():
    page = (
        pages_of("jp")[0]
        .replace("特願2018", "特願2018")
        .replace("Ｈ０１Ｍ 4/525", "Ｈ０１Ｍ 4/00 １０１Ｚ")
    )
    assert document([page, *pages_of("jp")[1:]]).facts.ipc == ("H01M4/525", "H01M10/052")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "us",
            [
                ("US5123456A", "examiner"),
                ("US20150123456A1", None),
                ("JP2004069269A", None),
                ("EP1271392A1", "examiner"),
                (None, None),
            ],
        ),
        (
            "ep",
            [
                ("EP2123456A1", None),
                ("WO2012123456A1", None),
                ("JP2004069269A", None),
                ("US20120123456A1", None),
            ],
        ),
        ("de", [("DE102008012345A1", None), ("US20120123456A1", None)]),
        ("jp", [("JP2004069269A", None), ("WO2012123456", None)]),
        ("wo", []),
    ],
)
def test_citations(name, expected):
    assert [(r.number, r.cited_by) for r in document(pages_of(name)).references] == expected


def test_a_field_does_not_borrow_from_its_neighbours():
    page = (
        "(10) Pub. No.: US 2019/9900101 A1\n(54) CELL\n(22) Filed: none\n"
        "(43) Pub. Date: Feb. 30, 2019"
    )
    facts = patent_facts("0f", page)
    assert (facts.filing_date, facts.publication_date, facts.priority_date) == (None, None, None)
    assert (facts.application_number, facts.family, facts.parties) == (None, None, ())


def test_codes_that_share_a_line_and_numerals_in_the_abstract():
    page = (
        "(10) Pub. No.: US 2019/9900101 A1\n(21) Appl. No.: 19/498,325 (22) Filed: Jan. 5, 2018\n"
        "(54) CELL\n(57) ABSTRACT\nA can\n(22) and a lid\n(54) close it."
    )
    read = document([page])
    assert (read.facts.application_number, read.facts.filing_date) == ("19/498,325", "2018-01-05")
    assert read.facts.title == "CELL"
    assert "(54) close it." in read.text
