"""Projects: named prior-art searches with a chained record that can be verified and replayed."""

from assistant.projects.alerts import alerts
from assistant.projects.asked import ChartAsked, SearchAsked
from assistant.projects.project import Project
from assistant.projects.recorded import Recorded, recording
from assistant.projects.replay import replay
from assistant.projects.store import Projects

__all__ = [
    "ChartAsked",
    "Project",
    "Projects",
    "Recorded",
    "SearchAsked",
    "alerts",
    "recording",
    "replay",
]
