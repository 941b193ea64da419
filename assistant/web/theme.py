"""Colours, fonts and scripts of the page. Everything comes from this package or the system."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr

_HERE = Path(__file__).parent
_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace"]
_STYLES = ("style.css", "workbench.css", "chart.css")
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#1c6b78" '
    'stroke-width="2"><rect x="3" y="2.5" width="14" height="19" rx="2.5"/>'
    '<path d="M7 8h6M7 12h4"/><circle cx="16" cy="15.5" r="4" fill="#fff"/>'
    '<path d="m19 18.5 3 3"/></svg>'
)


def look() -> dict[str, Any]:
    """Arguments for `Blocks.launch` that make the page look like ours."""
    script = (_HERE / "chat.js").read_text(encoding="utf-8")
    icon = f'<link rel="icon" href="data:image/svg+xml,{quote(_ICON)}">'
    return {
        "theme": _theme(),
        "css_paths": [_HERE / name for name in _STYLES],
        "head": f"{icon}<script>{script}</script>",
        "footer_links": [],
    }


def _theme() -> gr.themes.Base:
    theme = gr.themes.Base(
        primary_hue=gr.themes.colors.cyan,
        neutral_hue=gr.themes.colors.slate,
        radius_size=gr.themes.sizes.radius_md,
        font=_SANS,
        font_mono=_MONO,
    )
    colours = {name: f"var({variable})" for name, variable in _VARIABLES.items()}
    return theme.set(
        **colours,
        input_border_width="1px",
        checkbox_label_border_width="1px",
        button_border_width="1px",
    )


# Gradio's own parts take the colours that style.css defines once for light and once for dark.
_VARIABLES = {
    f"{name}{mode}": variable
    for name, variable in {
        "body_background_fill": "--pa-ground",
        "body_text_color": "--pa-ink",
        "body_text_color_subdued": "--pa-muted",
        "background_fill_primary": "--pa-surface",
        "background_fill_secondary": "--pa-ground",
        "border_color_primary": "--pa-line",
        "border_color_accent": "--pa-accent",
        "color_accent_soft": "--pa-tint",
        "block_background_fill": "--pa-surface",
        "block_border_color": "--pa-line",
        "block_label_text_color": "--pa-muted",
        "block_label_background_fill": "--pa-surface",
        "block_title_text_color": "--pa-muted",
        "input_background_fill": "--pa-surface",
        "input_border_color": "--pa-line",
        "input_border_color_focus": "--pa-accent",
        "input_placeholder_color": "--pa-faint",
        "checkbox_background_color": "--pa-surface",
        "checkbox_background_color_selected": "--pa-accent",
        "checkbox_border_color": "--pa-line-strong",
        "checkbox_border_color_selected": "--pa-accent",
        "checkbox_border_color_focus": "--pa-accent",
        "checkbox_label_background_fill": "--pa-surface",
        "checkbox_label_background_fill_hover": "--pa-tint",
        "checkbox_label_background_fill_selected": "--pa-tint",
        "checkbox_label_border_color": "--pa-line",
        "checkbox_label_border_color_selected": "--pa-accent",
        "button_primary_border_color": "--pa-accent",
        "checkbox_label_text_color": "--pa-ink",
        "checkbox_label_text_color_selected": "--pa-ink",
        "button_primary_background_fill": "--pa-accent",
        "button_primary_background_fill_hover": "--pa-accent-strong",
        "button_primary_text_color": "--pa-on-accent",
        "button_secondary_background_fill": "--pa-surface",
        "button_secondary_background_fill_hover": "--pa-tint",
        "button_secondary_border_color": "--pa-line",
        "button_secondary_text_color": "--pa-ink",
        "link_text_color": "--pa-accent",
    }.items()
    for mode in ("", "_dark")
}
