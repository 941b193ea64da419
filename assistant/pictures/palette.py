"""The colours of pictures on light and on dark ground, by what they are for.

Categories are those of Paul Tol's "muted" scheme on light ground and of his "light" scheme on dark
ground, which are made to be told apart by colour-blind readers (SRON technical note 09-002, 2021),
ordered so that neighbours differ in lightness too. Ground and ink are those of the web page.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.pictures.records import THEMES

# Categories that there are colours for: "c0" to "c8".
CATEGORIES = 9

_LIGHT = {
    "surface": "#ffffff",
    "ink": "#1d2125",
    "muted": "#5d656e",
    "line": "#e3e4e1",
    "edge": "#4a5157",
    "accent": "#1c6b78",
    "others": "#c4c8cb",
    "unknown": "#fbfbfb",
    "disclosed": "#1c6b78",
    "on disclosed": "#ffffff",
    "partly": "#a8d5da",
    "on partly": "#1d2125",
    "not disclosed": "#ffffff",
    "on not disclosed": "#5d656e",
}
_DARK = {
    "surface": "#1b1f23",
    "ink": "#e5e8ea",
    "muted": "#a0a8b0",
    "line": "#353c44",
    "edge": "#0f1214",
    "accent": "#6fc0cc",
    "others": "#7b848d",
    "unknown": "#3a424a",
    "disclosed": "#6fc0cc",
    "on disclosed": "#0e1a1d",
    "partly": "#2c5a63",
    "on partly": "#e5e8ea",
    "not disclosed": "#1b1f23",
    "on not disclosed": "#a0a8b0",
}
_MUTED = "#332288 #ddcc77 #44aa99 #882255 #88ccee #117733 #cc6677 #999933 #aa4499".split()
_PALE = "#77aadd #eedd88 #44bb99 #ee8866 #99ddff #aaaa00 #ffaabb #bbcc33 #dddddd".split()


def colours(theme: str) -> Mapping[str, str]:
    """Hexadecimal RGB of every colour that shapes name. Raises ValueError for an unknown theme.

    >>> colours("light")["c0"], colours("dark")["c0"]
    ('#332288', '#77aadd')
    """
    if theme not in THEMES:
        raise ValueError(f"no theme {theme!r}; choose from {', '.join(THEMES)}")
    base, categories = (_LIGHT, _MUTED) if theme == "light" else (_DARK, _PALE)
    return {**base, **{f"c{place}": colour for place, colour in enumerate(categories)}}
