"""What can go wrong with a question.

AssistantError
├── BadQuestion   empty, or too long to be one
├── NoPageImage   the page cannot be shown: the file has gone, has changed, or does not render
├── BadCalibration   the file of the fitted answering models cannot be used
├── AccountError  signing in, accounts, API keys (assistant.accounts.errors)
├── AuditError    what can go wrong with the audit log (assistant.audit.errors)
├── NotWritten    an export cannot be written whole (assistant.exports.errors)
├── ProjectError  what can go wrong with a project (assistant.projects.errors)
└── BadInput      what was given cannot be used: a file, a date, a claim
    └── BadClaim  a claim that cannot be read (assistant.claims.errors)
"""


class AssistantError(Exception):
    """Base of every stated error of the assistant."""


class BadQuestion(AssistantError):
    """An empty question, or one too long to be one."""


class NoPageImage(AssistantError):
    """The page cannot be shown as an image."""


class BadInput(AssistantError):
    """What was given cannot be used: a file, a date, a claim, a format."""


class BadCalibration(AssistantError):
    """The file of the fitted answering models cannot be used."""
