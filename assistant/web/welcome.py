"""What an empty conversation shows: what can be asked, with examples for the sample portfolio."""

from __future__ import annotations

from assistant.audit import unrecorded
from assistant.web.holder import AssistantHolder
from assistant.web.html import escape, model_name, tag
from index.errors import UnknownDocument

# The sample portfolio is recognised by this report.
_OF_SAMPLE = "HCW-R-041"
_EXAMPLES = (
    "May the second rest in formation be left out?",
    "How long and at what temperature are cells aged after formation?",
    "To what density may a polycrystalline nickel-rich cathode be pressed?",
    "At what temperature is a fumed alumina dry coating heat treated?",
    "What happens to a boron oxide coating when the coated powder is washed afterwards?",
    "Which separator stays under 3% shrinkage at 150 °C and also shuts down below 130 °C?",
)
_HINTS = (
    "Ask for a value: an amount, a temperature, a thickness, a yield.",
    "Ask why or under which condition something happens.",
    "Name the material or the part the way your documents do.",
)


def welcome(holder: AssistantHolder) -> str:
    """The start of a conversation as HTML."""
    title = tag("h2", "What do your documents say?")
    if holder.model is None:
        made = "Every sentence of an answer is taken word for word from a document"
    else:
        name = model_name(holder.model)
        made = f"{name} words the answers; each sentence is checked against passages first"
    text = f"{made} and carries its source. Where the documents do not say it, there is no answer."
    inner = title + tag("p", escape(text), css="pa-muted")
    return tag("div", inner + _suggestions(holder), css="pa-welcome")


def _suggestions(holder: AssistantHolder) -> str:
    if not holder.count():
        return tag("p", "The library is empty: add files in the Library tab.", css="pa-muted")
    try:
        unrecorded(holder.assistant).show(_OF_SAMPLE)
    except UnknownDocument:
        return tag("ul", *(tag("li", escape(hint)) for hint in _HINTS), css="pa-hints")
    buttons = (
        tag("button", escape(text), type="button", data_ask=text, css="pa-example")
        for text in _EXAMPLES
    )
    return tag("div", *buttons, css="pa-examples")
