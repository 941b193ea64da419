"""What can go wrong with a question.

AssistantError
├── BadQuestion   empty, or too long to be one
├── NoPageImage   the page cannot be shown: the file has gone, has changed, or does not render
├── BadCalibration   the file of the fitted answering models cannot be used
└── BadInput      a file given as a query cannot be read
"""


class AssistantError(Exception):
    """Base of every stated error of the assistant."""


class BadQuestion(AssistantError):
    """An empty question, or one too long to be one."""


class NoPageImage(AssistantError):
    """The page cannot be shown as an image."""


class BadInput(AssistantError):
    """A file given as a query cannot be read."""


class BadCalibration(AssistantError):
    """The file of the fitted answering models cannot be used."""
