"""What Gradio remembers of each open page: little, and nothing of a program's call.

Gradio keeps a description of every component for every session, a megabyte each, for links to a
state, which this server does not offer; and it takes each call of a program for a session.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import gradio as gr
from gradio.state_holder import SessionState, StateHolder

# Pages that are remembered; the one that was used the longest ago is forgotten first.
MOST_PAGES = 500
# Gradio calls a session that nobody named by the number of its event.
_OF_A_CALL = re.compile(r"[0-9a-f]{32}")


class PageStates(StateHolder):  # type: ignore[misc]  # mypy skips Gradio
    """States by session. Those of calls are made for each look, and kept by nobody."""

    def __getitem__(self, session_id: str) -> Any:
        """The state of a session, which is begun where there is none."""
        if _OF_A_CALL.fullmatch(session_id):
            return _begun(self.blocks)
        if session_id not in self.session_data:
            self.session_data[session_id] = _begun(self.blocks)
        return super().__getitem__(session_id)


def _begun(blocks: gr.Blocks) -> Any:
    """A state as Gradio begins it, without the descriptions."""
    state: Any = SessionState.__new__(SessionState)
    state.blocks_config = copy(blocks.default_config)
    state.config_values = {}
    state.state_data = {}
    state._state_ttl = {}
    state.is_closed = False
    state.STATE_TTL_WHEN_CLOSED = 3600
    return state


def remember_little(blocks: gr.Blocks) -> None:
    """Have served Blocks remember pages in this way."""
    blocks.state_session_capacity = MOST_PAGES
    states = PageStates()
    states.set_blocks(blocks)
    blocks.app.state_holder = states
