"""Which claims the words of a claim refer to, in the languages of the offices."""

from __future__ import annotations

import pytest

from ingest.readers.patent_xml.claim_references import claim_references


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [
        ("A cell.", 1, ()),
        ("The cell of claim 1.", 2, (1,)),
        ("The cell of claim 1 or 2", 3, (1, 2)),
        ("The cell of claims 1, 2, or 3", 4, (1, 2, 3)),
        ("The cell of any one of claims 1 to 3 or 5", 6, (1, 2, 3, 5)),
        ("The cell of any of claims 1-3", 4, (1, 2, 3)),
        ("The cell of claim 1 or claim 4, with the salt of claim 2", 5, (1, 2, 4)),
        ("The cell of claims 1 through 3 and/or 5", 7, (1, 2, 3, 5)),
        (
            "An anode with 5 to 15 wt% of the powder of claim 1 and 80 to 92 wt% of graphite",
            6,
            (1,),
        ),
        ("The cell of claim 2, 3 to 5 mm thick", 9, (2,)),
        ("The cell of claim 1, 2.5 V or more", 9, (1,)),
        ("The cell of claim\n\n   1", 2, (1,)),
        ("The method of CLAIM 12, wherein", 13, (12,)),
        ("The cell according to any preceding claim", 4, (1, 2, 3)),
        ("The cell of any of the previous claims, as in claim 7", 3, (1, 2, 7)),
        ("Process for making the cell according to claim 9", 3, (9,)),
        ("Zelle nach Anspruch 1 oder 2", 3, (1, 2)),
        ("Zelle nach einem der Ansprüche 1 bis 3", 5, (1, 2, 3)),
        ("Zelle nach einem der vorhergehenden Ansprüche", 3, (1, 2)),
        ("Cellule selon l'une des revendications 1 à 3", 4, (1, 2, 3)),
        ("Cellule selon l'une quelconque des revendications précédentes", 3, (1, 2)),
        ("We claim 1.5 times the capacity", 2, (1,)),
        ("claim 1" + " " * 50_000 + "x", 2, (1,)),
        ("claim " + "9" * 5000, 2, ()),
        ("The cell of the preceding claim", 9, (8,)),
        ("The cell of any preceding claim", 4, (1, 2, 3)),
        ("The cell of any one of the preceding claim", 4, (1, 2, 3)),
        ("The cell of any of the preceding claims 1 to 3", 9, (1, 2, 3)),
        ("The cell of one or more of the above claims", 4, (1, 2, 3)),
        ("The cell of any of the claims above", 4, (1, 2, 3)),
        ("The above claimed cell", 4, ()),
        ("Zelle nach einem der obigen Ansprüche", 3, (1, 2)),
        ("Zelle nach dem vorhergehenden Anspruch", 4, (3,)),
        ("Zelle nach Patentanspruch 2", 4, (2,)),
        ("Cellule selon la revendication précédente", 4, (3,)),
        ("제1항에 있어서, 상기 양극은", 2, (1,)),
        ("제1항 내지 제3항 중 어느 한 항에 있어서", 6, (1, 2, 3)),
        ("제1항의 분말 및 5 중량%의 흑연", 9, (1,)),
        ("전술한 항 중 어느 한 항에 따른 전지", 3, (1, 2)),
        ("請求項1又は2に記載の電池", 5, (1, 2)),
        ("請求項１乃至３のいずれかに記載の電池", 5, (1, 2, 3)),
        ("前記請求項1に記載の電池", 5, (1,)),
        ("根据权利要求1或2所述的电池", 5, (1, 2)),
        ("根据前述权利要求中任一项所述的电池", 3, (1, 2)),
        ("如申請專利範圍第1項至第3項所述之電池", 5, (1, 2, 3)),
        ("根据权利要求1和2重量%的石墨", 5, (1,)),
    ],
)
def test_claims_refer_to_these_claims(text, own, expected):
    assert claim_references(text, own) == expected
