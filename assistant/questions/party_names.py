"""Well-known parties of the trade, and names without their legal forms."""

from __future__ import annotations

import re

LEGAL_FORMS = frozenset(
    "co company ltd limited inc incorporated corp corporation gmbh ag kg kgaa se sa sas srl"
    " spa nv bv plc llc lp kk kabushiki"
    " kaisha oy ab as aps pte pty cie ges mbh holdings holding group".split()
)


# Names of the trade and how documents write them. Each line is one party, its usual name first.
ALIASES = tuple(
    tuple(name.strip() for name in line.split("|"))
    for line in (
        "CATL|Ningde Contemporary Amperex|Contemporary Amperex Technology|Contemporary"
        " Amperex|Ningde Amperex|宁德时代",
        "ATL|Amperex Technology|Ningde Amperex Technology|Dongguan Amperex",
        "LGES|LG Energy Solution|LG Energy|LG에너지솔루션|엘지에너지솔루션|LG 에너지솔루션",
        "LG Chem|LG Chemical|LG화학|엘지화학",
        "Samsung SDI|SDI|삼성SDI|삼성에스디아이",
        "SK On|SK온|에스케이온",
        "SK Innovation|SK이노베이션|에스케이이노베이션",
        "BYD|BYD Company|比亚迪",
        "Panasonic|Matsushita|파나소닉|パナソニック",
        "Toyota|Toyota Motor|Toyota Jidosha|도요타|토요타|トヨタ",
        "Hyundai|Hyundai Motor|현대자동차|현대",
        "Kia|Kia Motors|Kia Corporation|기아",
        "Honda|Honda Motor|혼다|ホンダ",
        "Nissan|Nissan Motor|닛산|日産",
        "GM|General Motors|GM Global Technology Operations|GM Global Technology",
        "VW|Volkswagen",
        "BMW|Bayerische Motoren Werke",
        "Bosch|Robert Bosch",
        "Mercedes|Mercedes-Benz|Daimler",
        "POSCO|포스코",
        "EcoPro|EcoPro BM|Ecopro BM|에코프로|에코프로비엠",
        "L&F|엘앤에프",
        "Umicore",
        "BASF",
        "3M|3M Innovative Properties|Minnesota Mining",
        "Tesla",
        "QuantumScape",
        "Northvolt",
        "SVOLT|SVOLT Energy Technology|Svolt Energy",
        "Gotion|Guoxuan|Hefei Guoxuan|Hefei Gotion",
        "EVE|EVE Energy|Eve Energy",
        "CALB|China Aviation Lithium Battery|CALB Group",
        "Murata|Murata Manufacturing",
        "GS Yuasa|GS Yuasa International",
        "AESC|Envision AESC",
        "Sumitomo|Sumitomo Chemical|Sumitomo Metal Mining",
        "Asahi Kasei",
        "Celgard",
        "Toray|Toray Industries",
        "Idemitsu|Idemitsu Kosan",
        "Mitsui|Mitsui Mining & Smelting|Mitsui Kinzoku",
        "Johnson Matthey",
        "Apple|Apple Inc",
        "Ford|Ford Global Technologies|Ford Motor",
    )
)


# Names that are words too: taken only as written here, never in lower case.
WORDS_TOO = frozenset("eve ford apple gm atl sdi vw kia sk on".split())
# Names of many parties begin with these, and questions use them for something else.
NOT_ALONE = frozenset(
    "china chinese korea korean japan japanese germany german europe european america"
    " american us uk india taiwan france"
    " beijing shanghai shenzhen guangdong guangzhou jiangsu zhejiang hunan hubei anhui"
    " wuhan hefei ningde suzhou dongguan huizhou"
    " chongqing tianjin nanjing hangzhou ningbo shandong sichuan chengdu tokyo osaka kyoto"
    " seoul munich california north south east west"
    " univ university inst institute national nat state research res the new advanced"
    " applied general global international"
    " battery batteries energy electric electronics power lithium solid clean green pure"
    " open higher hybrid heat thermal ball"
    " chemical chemicals material materials metal metals carbon graphite silicon nano"
    " polymer plasma laser solar semiconductor"
    " industrial industries technology technologies science ind do he so it we this that"
    " impact great hydro first central".split()
)
TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)?")


def core_words(name: str) -> tuple[str, ...]:
    """A name's words in lower case, without legal forms at its end.

    >>> core_words("Solmere Cell Works Co., Ltd.")
    ('solmere', 'cell', 'works')
    """
    words = [
        word.lower() for word in TOKEN.findall(name.replace(".", " ") if ". " not in name else name)
    ]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    return tuple(words)
