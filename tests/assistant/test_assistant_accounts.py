"""Accounts, lock-out, sessions, API keys, the first administrator; and attacks on them."""

from __future__ import annotations

import io
import json
import os
import resource
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.accounts import Accounts, LoginPolicy
from assistant.accounts.errors import (
    AccountError,
    AccountExists,
    AccountsBroken,
    AccountsNotWritten,
    BadAccount,
    BadKey,
    BadLogin,
    BadPassword,
    BadToken,
    LastAdministrator,
    NoAccount,
    NoKey,
    TooManyTries,
)
from assistant.accounts.records import ADMINISTER, ADMINISTRATOR, IP_TEAM, READER
from assistant.cli import main
from assistant.options import ServeOptions
from index.clearance import EVERYTHING, Clearance

PASSWORD, OTHER = "violet salt bridge", "copper moss lantern"
HOME, AWAY = "192.0.2.1", "198.51.100.7"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROOT = Path(__file__).resolve().parents[2]
MINUTE, HOUR = 60.0, 3600.0


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Iterator[Accounts]:
    """An administrator "root", and "kim", a reader of what is public."""
    with Accounts(tmp_path, hasher=CHEAP, clock=clock) as found:
        found.add("root", OTHER, ADMINISTRATOR, EVERYTHING)
        found.add("kim", PASSWORD, READER, Clearance.of("public"))
        yield found


def another(accounts: Accounts, clock: Clock, policy: LoginPolicy | None = None) -> Accounts:
    """As another process has it: of the same file, sharing nothing else."""
    return Accounts(accounts.path.parent.parent, policy, CHEAP, clock)


def fail(accounts: Accounts, name: str, address: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(BadLogin):
            accounts.sign_in(name, "not the password", address)


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# The file.


def test_only_its_owner_may_read_what_is_kept(accounts: Accounts) -> None:
    accounts.path.chmod(0o644)
    accounts.close()
    assert accounts.exist()
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(accounts.path.parent.stat().st_mode) == 0o700
    for path in accounts.path.parent.iterdir():
        assert not path.stat().st_mode & 0o077, path


def test_no_password_token_or_key_is_in_the_files(accounts: Accounts) -> None:
    session = accounts.sign_in("kim", PASSWORD, HOME)
    key = accounts.make_key("kim", "nightly", EVERYTHING)
    assert accounts.session(session)
    assert accounts.identity_of_key(key)
    fail(accounts, "my password in the wrong field", HOME, 1)
    kept = all_bytes(accounts.path.parent)
    assert b"$argon2id$" in kept  # What is looked for would be found.
    assert key[:11].encode() in kept
    for secret in (PASSWORD, OTHER, session, key, key[3:], "wrong field", HOME):
        assert secret.encode() not in kept, secret


def test_looking_makes_no_file_and_no_logins(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path, hasher=CHEAP)
    assert not accounts.exist()
    assert accounts.list() == accounts.keys() == ()
    assert accounts.session("x") is accounts.identity_of_key("pa_x") is None
    assert accounts.asserted("kim", "proxy") is None
    with pytest.raises(BadLogin):
        accounts.sign_in("kim", PASSWORD, HOME)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "flipped"])
def test_a_damaged_file_lets_nobody_in_and_is_never_no_logins(
    accounts: Accounts, clock: Clock, damage: str
) -> None:
    session = accounts.sign_in("kim", PASSWORD, HOME)
    assert accounts.check() == ()
    data = accounts.path.read_bytes()
    if damage == "gone":
        accounts.path.unlink()
    elif damage == "flipped":
        at = data.index(b'["public"]')
        accounts.path.write_bytes(data[: at + 2] + b"P" + data[at + 3 :])
    else:
        accounts.path.write_bytes(b"" if damage == "empty" else data[:5000])
    for found in (accounts, another(accounts, clock)):
        found.close()
        with pytest.raises(AccountsBroken, match="snapshot"):
            found.exist() and found.list()
        with pytest.raises(AccountsBroken):
            found.session(session)
        assert found.check()
        found.close()


def test_a_snapshot_brings_accounts_and_keys_back_but_no_session(
    accounts: Accounts, clock: Clock, tmp_path: Path
) -> None:
    session, key = (
        accounts.sign_in("kim", PASSWORD, HOME),
        accounts.make_key("kim", "x", EVERYTHING),
    )
    copy = tmp_path / "copy"
    accounts.save(copy)
    assert not copy.stat().st_mode & 0o077
    accounts.remove("kim")
    os.replace(copy, accounts.path)  # While it is open here.
    assert [account.name for account in accounts.list()] == ["kim", "root"]
    assert accounts.identity_of_key(key)
    assert accounts.session(session) is None
    assert accounts.sign_in("kim", PASSWORD, HOME)


# Accounts.


def test_names_are_unique_in_any_case_and_passwords_have_rules(accounts: Accounts) -> None:
    with pytest.raises(AccountExists):
        accounts.add("KIM", PASSWORD, READER, EVERYTHING)
    for bad in (
        "short",
        "x" * 1025,
        "Password1234!",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "\ud800" * 12,
    ):
        with pytest.raises(BadPassword) as raised:
            accounts.add("lee", bad, READER, EVERYTHING)
        assert bad not in str(raised.value)
    with pytest.raises(BadPassword, match="name"):
        accounts.add("longenoughname", "LongEnoughName", READER, EVERYTHING)
    with pytest.raises(BadAccount, match="role"):
        accounts.add("lee", PASSWORD, "root", EVERYTHING)
    with pytest.raises(NoAccount):
        accounts.change("lee", role=READER)
    assert [account.name for account in accounts.list()] == ["kim", "root"]


@pytest.mark.parametrize(
    "name",
    ["", " kim", "kim\n", "k\u200bim", "\u212aim", "ｋｉｍ", "kіm", "ki\u0131m", "kim\x00", "-kim",
     "' OR 1=1 --", 'kim"; DROP TABLE accounts; --', "a/../b", "x" * 129, "\ud800", "ﬁn",
     "k\u0301im"],
)  # fmt: skip
def test_names_that_look_like_others_or_like_code_are_none(accounts: Accounts, name: str) -> None:
    with pytest.raises(BadAccount):
        accounts.add(name, PASSWORD, READER, EVERYTHING)
    if name != " kim":  # Blanks around what is typed are forgiven.
        with pytest.raises(BadLogin):
            accounts.sign_in(name.replace("\n", "\u2028x"), PASSWORD, HOME)
    assert accounts.asserted(name, "proxy") is accounts.account(name) is None
    assert accounts.sign_out_all(name) == 0
    assert len(accounts.list()) == 2


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.text(max_size=140) | st.from_regex(r"[kK\u212a][iI\u0131][mM]", fullmatch=True))
def test_any_text_is_the_name_of_one_account_or_of_none(accounts: Accounts, name: str) -> None:
    found = accounts.account(name)
    assert found is None or (found.name == name.lower() == "kim" and name.isascii())
    try:
        account = accounts.add(name, None, READER, EVERYTHING)
    except (BadAccount, AccountExists):
        return
    assert name.isascii()
    assert account.name == name
    assert accounts.account(name.swapcase()) == account
    accounts.remove(name)


def test_the_last_administrator_stays(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("second", None, ADMINISTRATOR, EVERYTHING)
    accounts.change("second", disabled=True)
    before = accounts.list()
    for attempt in (
        lambda: accounts.remove("root"),
        lambda: accounts.change("ROOT", disabled=True),
        lambda: accounts.change("root", role=IP_TEAM),
    ):
        with pytest.raises(LastAdministrator):
            attempt()
    assert accounts.list() == before
    accounts.change("second", disabled=False)
    accounts.remove("root")
    with pytest.raises(LastAdministrator):
        Accounts(tmp_path / "new", hasher=CHEAP).add("kim", PASSWORD, READER, EVERYTHING)
    assert not Accounts(tmp_path / "new").exist()


# Signing in.


def test_unknown_wrong_and_disabled_are_told_alike(accounts: Accounts, clock: Clock) -> None:
    accounts.add("off", PASSWORD, READER, EVERYTHING)
    accounts.add("sso", None, READER, EVERYTHING)
    accounts.change("off", disabled=True)
    told = set()
    tries = [("kim", "wrong"), ("nobody", PASSWORD), ("off", PASSWORD), ("sso", ""), ("sso", "x"),
             ("kim", PASSWORD + "\x00"), ("kim", "x" * 10_000_000), ("kim", "\ud800")]  # fmt: skip
    for name, password in tries:
        with pytest.raises(BadLogin) as raised:
            accounts.sign_in(name, password, HOME)
        told.add(str(raised.value))
    assert len(told) == 1


def test_unknown_names_take_as_long_as_wrong_passwords(tmp_path: Path) -> None:
    hasher = PasswordHasher(time_cost=2, memory_cost=8192, parallelism=1)
    policy = LoginPolicy(failures_per_name=1000, failures_per_address=1000)
    accounts = Accounts(tmp_path, policy, hasher)
    accounts.add("root", PASSWORD, ADMINISTRATOR, EVERYTHING)
    took: dict[str, list[float]] = {"root": [], "nobody": []}
    for _ in range(15):
        for name, times in took.items():
            started = time.perf_counter()
            fail(accounts, name, HOME, 1)
            times.append(time.perf_counter() - started)
    known, unknown = (
        min(times) for times in took.values()
    )  # What load of others adds is left out.
    assert 0.5 < known / unknown < 2
    accounts.close()


def test_a_password_is_the_same_however_it_was_typed(accounts: Accounts) -> None:
    accounts.set_password("kim", "e\u0301lectrolyte salt")
    assert accounts.sign_in(" Kim ", "\u00e9lectrolyte salt", HOME)


def test_a_hash_is_renewed_when_the_parameters_have_changed(
    accounts: Accounts, clock: Clock
) -> None:
    session = accounts.sign_in("kim", PASSWORD, HOME)
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with Accounts(accounts.path.parent.parent, None, dearer, clock) as later:
        later.sign_in("kim", PASSWORD, HOME)
        assert b"m=16,t=2,p=1" in accounts.path.read_bytes()
        assert later.check() == ()
        assert later.sign_in("kim", PASSWORD, HOME)
    assert accounts.session(session)


def test_five_failures_lock_a_name_for_fifteen_minutes_in_every_process(
    accounts: Accounts, clock: Clock
) -> None:
    for name in ("kim", "nobody"):
        fail(accounts, name, HOME, 4)
        clock.now += 10
        with another(accounts, clock) as second:
            fail(second, name.upper(), AWAY, 1)
            with pytest.raises(TooManyTries) as raised:
                second.sign_in(name, PASSWORD, "203.0.113.1")
            assert raised.value.seconds == 900
        clock.now += 899
        with pytest.raises(TooManyTries) as raised:
            accounts.sign_in(name, PASSWORD, HOME)
        assert raised.value.seconds == 1
        clock.now += 1
    assert accounts.sign_in("kim", PASSWORD, HOME)
    fail(accounts, "nobody", HOME, 1)


def test_failures_that_are_apart_or_followed_by_success_lock_nothing(
    accounts: Accounts, clock: Clock
) -> None:
    for _ in range(8):
        fail(accounts, "kim", HOME, 1)
        clock.now += 4 * MINUTE
    fail(accounts, "kim", HOME, 1)
    assert accounts.sign_in("kim", PASSWORD, HOME)
    fail(accounts, "kim", HOME, 4)
    assert accounts.sign_in("kim", PASSWORD, HOME)
    fail(accounts, "kim", HOME, 4)


def test_an_address_is_locked_over_all_names_and_own_success_does_not_free_it(
    accounts: Accounts,
) -> None:
    network = "2001:db8:1:2:"
    for number in range(10):
        fail(accounts, f"name{number}", f"{network}:{number}", 1)
    accounts.sign_in("root", OTHER, f"{network}:99")
    for number in range(10):
        fail(accounts, f"name{number}", f"{network}:1{number}", 1)
    with pytest.raises(TooManyTries):
        accounts.sign_in("kim", PASSWORD, f"{network}:abcd")
    assert accounts.sign_in("root", OTHER, f"{network}:99")  # He has been here before.
    assert accounts.sign_in("kim", PASSWORD, "2001:db8:1:3::1")


def test_a_stranger_cannot_lock_somebody_out_where_he_works(
    accounts: Accounts, clock: Clock
) -> None:
    accounts.sign_in("kim", PASSWORD, HOME)
    for _ in range(3):
        fail(accounts, "kim", AWAY, 5)
        with pytest.raises(TooManyTries):
            accounts.sign_in("kim", PASSWORD, AWAY)
        assert accounts.sign_in("kim", PASSWORD, HOME)
        clock.now += 15 * MINUTE
    fail(accounts, "kim", HOME, 5)  # Nor is his place free to guess from.
    with pytest.raises(TooManyTries):
        accounts.sign_in("kim", PASSWORD, HOME)
    accounts.unlock("kim")
    fail(accounts, "kim", AWAY, 5)
    assert accounts.sign_in("kim", PASSWORD, HOME)


def test_parallel_guesses_do_not_pass_the_count_together(accounts: Accounts, clock: Clock) -> None:
    processes = [another(accounts, clock) for _ in range(4)]

    def guess(number: int) -> type[AccountError]:
        try:
            processes[number % 4].sign_in("kim", f"wrong guess {number}", f"192.0.2.{number}")
        except AccountError as error:
            return type(error)
        raise AssertionError("signed in")

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(guess, range(40)))
    assert outcomes.count(BadLogin) == 5
    assert outcomes.count(TooManyTries) == 35
    for process in processes:
        process.close()


def test_many_right_sign_ins_at_once_all_succeed(accounts: Accounts) -> None:
    with ThreadPoolExecutor(16) as pool:
        signed_in = pool.map(lambda _: accounts.sign_in("kim", PASSWORD, HOME), range(50))
        assert all(accounts.session(token) for token in signed_in)


def test_failures_are_forgotten_and_a_wrong_clock_locks_nobody_for_long(
    accounts: Accounts, clock: Clock
) -> None:
    fail(accounts, "kim", HOME, 5)
    clock.now -= 10 * MINUTE  # Set back: still locked, and not for long.
    with pytest.raises(TooManyTries) as raised:
        accounts.sign_in("kim", PASSWORD, HOME)
    assert raised.value.seconds <= 25 * MINUTE
    clock.now += 1e9
    fail(accounts, "kim", HOME, 5)
    clock.now -= 1e9
    assert accounts.sign_in("kim", PASSWORD, HOME)
    fail(accounts, "another", HOME, 1)
    with accounts._store.reading() as db:
        assert db.execute("SELECT count(*) FROM failures").fetchone()[0] <= 2


def test_two_processes_share_the_file(accounts: Accounts, clock: Clock) -> None:
    program = (
        "import sys; from pathlib import Path; from argon2 import PasswordHasher\n"
        "from assistant.accounts import Accounts\n"
        "from index.clearance import Clearance\n"
        "a = Accounts(Path(sys.argv[1]), None, PasswordHasher(1, 8, 1), lambda: 1_800_000_000.0)\n"
        "for n in range(12):\n"
        "    a.add(f'other{n}', 'violet salt bridge', 'reader', Clearance.of('public'))\n"
        "    assert a.session(a.sign_in(f'other{n}', 'violet salt bridge', '192.0.2.9'))\n"
    )
    folder = str(accounts.path.parent.parent)
    running = subprocess.Popen([sys.executable, "-c", program, folder], cwd=ROOT)
    while accounts.account("other0") is None and running.poll() is None:
        time.sleep(0.01)
    for number in range(12):
        accounts.add(f"own{number}", PASSWORD, READER, Clearance.of("public"))
        assert accounts.session(accounts.sign_in(f"own{number}", PASSWORD, HOME))
    assert running.wait() == 0
    assert len(accounts.list()) == 26
    assert accounts.check() == ()


def test_where_nothing_can_be_written_who_is_in_goes_on_and_nobody_guesses(
    accounts: Accounts, clock: Clock
) -> None:
    session, key = (
        accounts.sign_in("kim", PASSWORD, HOME),
        accounts.make_key("kim", "x", EVERYTHING),
    )
    clock.now += 2 * MINUTE
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))
    try:
        assert accounts.session(session)
        assert accounts.identity_of_key(key)
        for password in (PASSWORD, "wrong"):  # A try that cannot be counted is not looked at.
            with pytest.raises(AccountsNotWritten, match="make room"):
                accounts.sign_in("kim", password, HOME)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert accounts.check() == ()
    assert accounts.sign_in("kim", PASSWORD, HOME)


# Sessions.


def test_a_session_ends_when_unused_and_after_twelve_hours(
    accounts: Accounts, clock: Clock
) -> None:
    unused, used = (accounts.sign_in("kim", PASSWORD, HOME) for _ in range(2))
    for _ in range(12):
        clock.now += 55 * MINUTE
        assert accounts.session(used)
        clock.now += 15
    assert accounts.session(unused) is None
    clock.now += 4 * MINUTE
    assert clock.now - 1_800_000_000 < 12 * HOUR
    assert accounts.session(used)
    clock.now = 1_800_000_000 + 12 * HOUR
    assert accounts.session(used) is None
    again = accounts.sign_in("kim", PASSWORD, HOME)
    clock.now -= 2 * MINUTE  # Nor does a clock that is set back make it longer.
    assert accounts.session(again) is None


def test_signing_out_ends_one_session_or_all(accounts: Accounts) -> None:
    one, two, three = (accounts.sign_in("kim", PASSWORD, HOME) for _ in range(3))
    accounts.sign_out(one)
    accounts.sign_out("no token")
    assert accounts.session(one) is None
    assert accounts.session(two)
    assert accounts.sign_out_all("KIM") == 2
    assert accounts.session(two) is accounts.session(three) is None
    for guess in ("", two[:-1], two.upper(), f"{two} ", "\ud800", "x" * 10_000_000, f"{two}\x00"):
        assert accounts.session(guess) is None


@pytest.mark.parametrize(
    "change",
    [{"role": IP_TEAM}, {"clearance": EVERYTHING}, {"disabled": True}, "password", "remove"],
)
def test_a_changed_account_has_no_sessions(
    accounts: Accounts, clock: Clock, change: dict[str, object] | str
) -> None:
    token, others = accounts.sign_in("kim", PASSWORD, HOME), accounts.sign_in("root", OTHER, HOME)
    with another(accounts, clock) as second:
        if change == "password":
            second.set_password("kim", "another long sentence")
        elif change == "remove":
            second.remove("kim")
            second.add("kim", PASSWORD, READER, EVERYTHING)
        else:
            second.change("kim", **change)
    assert accounts.session(token) is None
    assert accounts.session(others)


def test_sessions_of_one_account_are_bounded(accounts: Accounts, clock: Clock) -> None:
    with another(accounts, clock, LoginPolicy(sessions_per_account=3)) as few:
        tokens = []
        for _ in range(5):
            clock.now += 1
            tokens.append(few.sign_in("kim", PASSWORD, HOME))
        assert [few.session(token) is not None for token in tokens] == [False] * 2 + [True] * 3


# API keys and single sign-on.


def test_a_key_never_lets_see_more_than_its_account(accounts: Accounts) -> None:
    everything = accounts.make_key("kim", "all", EVERYTHING)
    both = accounts.make_key("kim", "both", Clearance.of("public", "secret"))
    secret = accounts.make_key("kim", "secret", Clearance.of("secret"))

    def seen() -> list[str]:
        found = [accounts.identity_of_key(key) for key in (everything, both, secret)]
        return [str(one.clearance) if one else "refused" for one in found]

    assert seen() == ["public", "public", "nothing"]
    accounts.change("kim", clearance=EVERYTHING, role=ADMINISTRATOR)
    assert seen() == ["everything", "public, secret", "secret"]
    identity = accounts.identity_of_key(both)
    assert identity
    assert identity.how == "key"
    assert identity.may(ADMINISTER)
    accounts.change("kim", disabled=True)
    assert seen() == ["refused"] * 3
    accounts.change("kim", disabled=False)
    accounts.set_password("kim", "another long sentence")
    assert seen()[0] == "everything"
    accounts.remove("kim")
    accounts.add("kim", None, READER, EVERYTHING)
    assert seen() == ["refused"] * 3


def test_keys_are_listed_revoked_and_expire(accounts: Accounts, clock: Clock) -> None:
    until = datetime.fromtimestamp(clock.now + HOUR, UTC)
    short = accounts.make_key("kim", "an hour", EVERYTHING, until)
    clock.now += 1
    long = accounts.make_key("KIM", "for good", EVERYTHING)
    clock.now += HOUR - 2
    assert accounts.identity_of_key(short)
    clock.now += 1
    assert accounts.identity_of_key(short) is None
    first, second = accounts.keys("kim")
    assert (first.label, first.expires) == ("an hour", until.isoformat())
    assert (second.last_used, accounts.keys("root")) == (None, ())
    assert long.startswith(second.prefix)
    accounts.revoke_key(second.prefix)
    assert accounts.identity_of_key(long) is None
    with pytest.raises(NoKey):
        accounts.revoke_key(second.prefix)
    for label, expires in (
        ("", None),
        ("a\u202eb", None),
        ("x", until),
        ("x", datetime(2999, 1, 1)),
    ):
        with pytest.raises(BadKey):
            accounts.make_key("kim", label, EVERYTHING, expires)
    for guess in ("", "pa_", short[:-1], accounts.sign_in("kim", PASSWORD, HOME)):
        assert accounts.identity_of_key(guess) is None
    assert accounts.session(short) is None


def test_an_asserted_name_is_an_account_or_refused_or_a_reader_by_policy(
    accounts: Accounts, clock: Clock
) -> None:
    known = accounts.asserted("Kim", "proxy")
    assert known
    assert (known.name, known.how, str(known.clearance)) == ("kim", "proxy", "public")
    assert accounts.asserted("new", "proxy") is accounts.sign_in_asserted("new", "oidc") is None
    accounts.change("kim", disabled=True)
    with another(accounts, clock, LoginPolicy(default_clearance=Clearance.of("public"))) as open_:
        new = open_.asserted("New", "oidc")
        assert new
        assert (new.name, new.role, str(new.clearance)) == ("new", READER, "public")
        assert open_.asserted("kim", "proxy") is open_.sign_in_asserted("kim", "oidc") is None
        token = open_.sign_in_asserted("New", "oidc") or ""
        assert open_.session(token) == new
        assert accounts.session(token) is None  # By the policy of now, not of then.
        with pytest.raises(BadLogin):
            open_.sign_in("new", "", HOME)
        accounts.add("new", None, IP_TEAM, Clearance.of("public"))
        assert open_.session(token) is None


# The first start.


def test_a_set_up_token_makes_one_administrator(tmp_path: Path, clock: Clock) -> None:
    accounts = Accounts(tmp_path, hasher=CHEAP, clock=clock)
    void, token = accounts.setup_token(), accounts.setup_token()
    assert void
    assert token
    assert not accounts.exist()
    assert token.encode() not in all_bytes(tmp_path)
    for wrong in (void, "", token[:-1], token.swapcase(), "\ud800"):
        with pytest.raises(BadToken):
            accounts.set_up(wrong, "root", PASSWORD)
    with pytest.raises(BadPassword):
        accounts.set_up(token, "root", "short")
    account = accounts.set_up(token, "root", PASSWORD)
    assert (account.role, account.clearance) == (ADMINISTRATOR, EVERYTHING)
    with pytest.raises(BadToken):
        accounts.set_up(token, "second", PASSWORD)
    assert accounts.setup_token() is None
    assert len(accounts.list()) == 1
    accounts.close()


def test_a_set_up_token_expires_and_bears_few_tries(tmp_path: Path, clock: Clock) -> None:
    accounts = Accounts(tmp_path, hasher=CHEAP, clock=clock)
    late, tried = accounts.setup_token() or "", ""
    clock.now += 24 * HOUR
    with pytest.raises(BadToken):
        accounts.set_up(late, "root", PASSWORD)
    tried = accounts.setup_token() or ""
    for _ in range(20):
        with pytest.raises(BadToken):
            accounts.set_up("guess", "root", PASSWORD)
    with pytest.raises(BadToken):
        accounts.set_up(tried, "root", PASSWORD)
    pending = accounts.setup_token() or ""
    accounts.add("root", PASSWORD, ADMINISTRATOR, EVERYTHING)
    with pytest.raises(BadToken):
        accounts.set_up(pending, "second", PASSWORD)
    accounts.close()


def test_of_many_set_ups_with_one_token_one_wins(tmp_path: Path) -> None:
    processes = [Accounts(tmp_path, hasher=CHEAP) for _ in range(8)]
    token = processes[0].setup_token() or ""

    def set_up(number: int) -> bool:
        try:
            processes[number].set_up(token, f"root{number}", PASSWORD)
        except BadToken:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(set_up, range(8))) == 1
    assert len(processes[0].list()) == 1
    for process in processes:
        process.close()


# The command line.


def test_users_and_keys_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = main(["--index", str(tmp_path), *words], _no_serve)
        return status, *capsys.readouterr()

    add = ("users", "add", "root", "--role", "administrator", "--clearance-all")
    status, _, told = run(*add)
    assert status == 1
    assert "--password-stdin" in told
    assert run(*add, "--password-stdin", typed=f"{PASSWORD}\n")[0] == 0
    labels = ("--clearance", "public", "--clearance", "unlabelled")
    assert run("users", "add", "kim", *labels, "--no-password")[0] == 0
    users = json.loads(run("users", "list", "--json")[1])["users"]
    assert [(u["name"], u["role"], u["clearance"]) for u in users] == [
        ("kim", "reader", ["public", "unlabelled"]),
        ("root", "administrator", None),
    ]
    made = json.loads(run("keys", "add", "kim", "--for", "nightly", "--clearance-all", "--json")[1])
    with Accounts(tmp_path) as accounts:
        assert accounts.sign_in("root", PASSWORD, HOME)
        identity = accounts.identity_of_key(made["key"])
        assert identity
        assert str(identity.clearance) == "public, unlabelled"
    listed = json.loads(run("keys", "list", "--json")[1])["keys"]
    assert [key["prefix"] for key in listed] == [made["prefix"]]
    assert run("keys", "revoke", made["prefix"])[0] == 0
    assert run("users", "password", "kim", "--password-stdin", typed=f"{OTHER}\n")[0] == 0
    assert run("users", "change", "kim", "--role", "ip", "--disable")[0] == 0
    assert run("users", "change", "kim", "--unlock")[0] == 0
    assert run("users", "change", "kim")[0] == 2
    assert run("users", "remove", "kim")[0] == 0
    status, _, told = run("users", "remove", "root")
    assert status == 1
    assert "LastAdministrator" in told
    assert "root" in run("users", "list")[1]


def _no_serve(options: ServeOptions) -> int:
    raise AssertionError(options)
