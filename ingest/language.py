"""Which language a text is written in, from the text alone.

Scripts that one language writes are believed at sight; other texts are left to py3langid (the
naive Bayes classifier of Lui and Baldwin, "langid.py", ACL 2012), and short ones to nobody.
"""

from __future__ import annotations

import functools
import re
from typing import Any

# Languages that patent offices and laboratories of this trade write, so that a formula does not
# come out as Volapük.
_LANGUAGES = (
    "en de fr es it pt nl sv da no fi pl cs sk hu ro ru uk bg el tr ko ja zh vi th id hr sl et lv"
    " lt he ar hi"
).split()
_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7a3\u3131-\u318e]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT_SHARE = 0.2
_ENOUGH_LETTERS = 60
_SURE = 0.95
_LOOKED_AT = 4000


def detect_language(text: str) -> str | None:
    """ISO 639-1 code; None where the text is too short or too mixed to tell.

    >>> detect_language("이차전지용 양극 활물질"), detect_language("LiNi0.8Co0.1Mn0.1O2")
    ('ko', None)
    """
    text = text[:_LOOKED_AT]
    letters = len(_LETTER.findall(text))
    if letters < 2:
        return None
    for language, script in _SCRIPTS:
        found = len(script.findall(text))
        # Japanese is half Han, so its kana alone are fewer.
        if found > 1 and found >= letters * _SCRIPT_SHARE / (2 if language == "ja" else 1):
            return language
    if len(_HAN.findall(text)) > letters * 0.5:
        return "zh"
    if letters < _ENOUGH_LETTERS:
        return None
    language, probability = _classifier().classify(text)
    return str(language) if probability >= _SURE else None


@functools.lru_cache(maxsize=1)
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    classifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    classifier.set_languages(_LANGUAGES)
    return classifier
