"""One library for people of different clearances, in one process."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from assistant.accounts.records import IP_TEAM, READER, Identity
from assistant.assistant import Assistant
from assistant.web.clearances import SeenBy
from assistant.web.holder import AssistantHolder
from assistant.web.identity import NotAllowed, NotSignedIn, acting_as
from fakes import LetterEncoder
from index import ingest
from index.clearance import EVERYTHING, Clearance
from index.errors import BrokenLibrary


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one document of each of two labels."""
    folder = tmp_path_factory.mktemp("clearances")
    for label in ("public", "secret"):
        (file := folder / f"{label}.md").write_text(f"# The {label} one\n\nIt is {label}.\n")
        ingest(folder / "index", [file], label=label, encoder=LetterEncoder())
    return folder / "index"


def test_equals_share_a_library_and_a_dropped_one_closes_with_its_last_reader(index: Path) -> None:
    everything = Assistant.open(index, LetterEncoder())
    seen = SeenBy(everything, most=2)
    public = seen.of(Clearance.of("public"))
    assert seen.of(Clearance.of("public")) is public
    assert seen.of(EVERYTHING) is everything
    catalog = public.library._catalog
    for label in ("secret", "other"):
        seen.of(Clearance.of(label))
    assert len(seen) == 2
    # Whoever was handed it goes on reading, however many others came since.
    assert [facts.label for facts in public.documents()] == ["public"]
    assert seen.of(Clearance.of("public")) is not public
    del public
    gc.collect()
    with pytest.raises(BrokenLibrary, match="closed"):
        catalog.count("documents")
    seen.close()
    everything.close()


def test_with_logins_nobody_sees_nothing_and_each_sees_his_own(index: Path) -> None:
    holder = AssistantHolder(index, LetterEncoder(), logins=True)
    try:
        with pytest.raises(NotSignedIn):
            holder.count()
        with acting_as(Identity("kim", READER, Clearance.of("secret"), "key")):
            assert [facts.label for facts in holder.ready().documents()] == ["secret"]
            assert holder.seen_by(EVERYTHING).library.clearance == Clearance.of("secret")
            with pytest.raises(NotAllowed):
                holder.projects()
        with acting_as(Identity("lee", IP_TEAM, Clearance.of("public"), "password")):
            assert holder.count() == 1
            assert holder.projects("somebody else").user == "lee"
        assert holder.count_all() == 2
    finally:
        holder.close()


def test_without_logins_everything_is_for_whoever_runs_it(index: Path) -> None:
    holder = AssistantHolder(index, LetterEncoder())
    try:
        assert holder.count() == 2
        assert holder.projects("typed").user == "typed"
    finally:
        holder.close()
