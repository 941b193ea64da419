"""How long sessions and locks last, and what names unknown to us may see."""

from __future__ import annotations

from dataclasses import dataclass

from index.clearance import Clearance


@dataclass(frozen=True)
class LoginPolicy:
    """Limits of signing in; times in seconds.

    Attributes:
        failures_per_name: within `window`, after which a name is refused for `lock`.
        failures_per_address: likewise for an address, over all names.
        window: in which failures are counted together.
        lock: for which tries are refused, from the last failure that was counted on.
        idle: after which an unused session ends; its use is noted once a minute, so it may
            end up to a minute early.
        longest: after which every session ends, used or not.
        sessions_per_account: the oldest ends where there would be more.
        default_clearance: what a name that single sign-on asserts may see where there is no
            account of it, as a reader. None refuses such names.
    """

    failures_per_name: int = 5
    failures_per_address: int = 20
    window: float = 15 * 60
    lock: float = 15 * 60
    idle: float = 60 * 60
    longest: float = 12 * 60 * 60
    sessions_per_account: int = 200
    default_clearance: Clearance | None = None
