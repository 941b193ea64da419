"""What can go wrong with the claim that a chart is asked for.

AssistantError
└── BadInput
    └── BadClaim   nothing to chart: empty, too long, or a claim that the document does not have
"""

from assistant.errors import BadInput


class BadClaim(BadInput):
    """There is no claim to chart in what was given."""
