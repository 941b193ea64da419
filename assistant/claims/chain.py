"""What a dependent claim inherits: the claims that it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.claims.pasted import ClaimText
from assistant.claims.references import reference_groups


def chain_of(claims: Mapping[int, ClaimText], wanted: int) -> tuple[tuple[int, ...], list[str]]:
    """Numbers of the claims that a claim is made of, the independent one first, and notices.

    Of alternatives the first is taken that leads to an independent claim. claims: without those
    that were deleted.

    >>> claims = {1: ClaimText(1, "A"), 2: ClaimText(2, "B", (1, 3)), 3: ClaimText(3, "C", (2,))}
    >>> chain_of(claims, 3)[0]
    (1, 2, 3)
    """
    depth = _depths(claims)
    chain: list[int] = []
    notices: list[str] = []
    path = [wanted]
    above = [iter(_above(claims, wanted, depth, notices))]
    while path:
        number = next(above[-1], None)
        if number is None:
            above.pop()
            chain.append(path.pop())
        elif number in path:
            circle = sorted(path[path.index(number) :])
            notices.append(
                f"claims {_list(circle)} refer to each other in a circle, so what they inherit is"
                " not known; only their own words are charted"
            )
        elif number not in chain:
            path.append(number)
            above.append(iter(_above(claims, number, depth, notices)))
    return tuple(chain), list(dict.fromkeys(notices))


def _above(
    claims: Mapping[int, ClaimText], number: int, depth: Mapping[int, int], notices: list[str]
) -> list[int]:
    """The claims that one refers to, of alternatives the one taken; what cannot be is noticed."""
    claim = claims[number]
    found: list[int] = []
    for group in reference_groups(claim.text, claim.depends_on, number):
        there = [n for n in group if n in claims]
        lower = [n for n in there if n in depth and depth[n] < depth.get(number, depth[n] + 1)]
        taken = (lower or there)[:1]
        found += taken
        if not taken:
            is_one = len(group) == 1 and group[0]
            notices.append(
                f"claim {number} refers to {_named(group)}, which {'is' if is_one else 'are'} not"
                " there or deleted; only its own words are charted, not what it inherits"
            )
        elif len(group) > 1:
            notices.append(f"claim {number} refers to {_named(group)}; claim {taken[0]} is taken")
    return found


def _depths(claims: Mapping[int, ClaimText]) -> dict[int, int]:
    """How many claims each is below an independent one; without those that lead to none."""
    depth = {number: 0 for number, claim in claims.items() if not claim.depends_on}
    below: dict[int, list[int]] = {}
    for claim in claims.values():
        for number in claim.depends_on:
            below.setdefault(number, []).append(claim.number)
    reached = list(depth)
    for number in reached:
        for lower in below.get(number, ()):
            if lower not in depth:
                depth[lower] = depth[number] + 1
                reached.append(lower)
    return depth


def _named(numbers: Sequence[int]) -> str:
    if list(numbers) == [0]:
        return "the preceding claims"
    return f"claim{'s' * (len(numbers) > 1)} {_list(numbers)}"


def _list(numbers: Sequence[int]) -> str:
    """1 to 5 where they follow each other, else 1, 3 and 7."""
    names = [str(n) for n in numbers]
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{names[0]} to {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
