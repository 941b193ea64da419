"""Who asks, and what he may do. Frozen records that web app, audit and projects share."""

from __future__ import annotations

from dataclasses import dataclass

from index.clearance import EVERYTHING, Clearance

READER, IP_TEAM, ADMINISTRATOR = "reader", "ip", "administrator"
ROLES = (READER, IP_TEAM, ADMINISTRATOR)
# What each role may do besides searching, asking, charting and exporting what it may see.
PROJECTS, UPLOAD, ADMINISTER = "projects", "upload", "administer"
_RIGHTS = {
    READER: frozenset[str](),
    IP_TEAM: frozenset({PROJECTS, UPLOAD}),
    ADMINISTRATOR: frozenset({PROJECTS, UPLOAD, ADMINISTER}),
}


@dataclass(frozen=True)
class Identity:
    """Who a request comes from.

    Attributes:
        name: of the account; of the operating system's user where there are no logins.
        role: one of ROLES.
        clearance: what exists for this request.
        how: "password", "key", "proxy" or "oidc"; "local" where there are no logins.
    """

    name: str
    role: str
    clearance: Clearance
    how: str

    def may(self, right: str) -> bool:
        """Whether the role has a right: PROJECTS, UPLOAD or ADMINISTER.

        >>> Identity("kim", IP_TEAM, EVERYTHING, "password").may(UPLOAD)
        True
        """
        return right in _RIGHTS[self.role]


def local_identity(name: str, clearance: Clearance = EVERYTHING) -> Identity:
    """Whoever runs the program himself: there is nobody to be kept from his own files."""
    return Identity(name, ADMINISTRATOR, clearance, "local")
