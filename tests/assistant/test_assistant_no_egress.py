"""Every command and the Python API, behind fences: nothing but this machine is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.checks import OK, WARN
from assistant.generate import GeneratorSettings
from assistant.outward import outward_check
from fenced import FENCE, ROOT, Seen, fenced, why_not_alone

CALLS = """
import socket, sys
kind, host = sys.argv[1:]
try:
    if kind == "name":
        socket.getaddrinfo(host, 80)
    else:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as call:
            call.sendto(b"x", (host, 9))
except OSError as error:
    print(type(error).__name__)
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What all commands did over the sample and documents that call others."""
    folder = tmp_path_factory.mktemp("prompt")
    script = str(FENCE / "at_the_prompt.py")
    return fenced(folder / "traces", script, str(folder), str(ROOT / "sample"), seconds=400)


def test_every_command_and_the_api_work_with_nothing_but_this_machine(seen: Seen) -> None:
    assert seen.status == 0, seen.errors[-2000:]
    found = seen.last
    assert {command: status for command, status in found["statuses"].items() if status} == {}
    assert len(found["statuses"]) > 30
    assert found["hits"] == 3
    assert found["answered"] == "answered"
    assert seen.lines("refused") == []
    # The readers, the converter and OCR were there to be watched.
    assert any("ingest.worker" in line for line in seen.lines("started"))
    assert any("ingest.page_image" in line for line in seen.lines("started"))
    assert "pandoc" in seen.lines("ran")


def test_documents_that_call_others_are_read_shown_and_exported_without_a_call(seen: Seen) -> None:
    found = seen.last
    assert set(found["written"]) - set(found["read"]) == {"drawing.svg", "entities.xml"}
    assert found["page"] > 1000
    assert found["canary"] == []


def test_the_kernel_lost_nothing_of_all_processes(seen: Seen) -> None:
    if (reason := why_not_alone()) is not None:
        pytest.skip(reason)
    assert seen.lost == 0


@pytest.mark.parametrize(("kind", "host"), [("name", "fence.invalid"), ("address", "192.0.2.7")])
def test_the_fences_catch_what_a_grandchild_tries(tmp_path: Path, kind: str, host: str) -> None:
    start = f"subprocess.run([sys.executable, '-c', {CALLS!r}, *sys.argv[1:]])"
    inner = f"import subprocess, sys; {start}"
    caught = fenced(tmp_path / "refused", "-c", inner, kind, host)
    assert caught.output.strip() == "PermissionError"
    assert [line.split()[-1] for line in caught.lines("refused")] == [host]
    assert caught.lost in (0, None)
    if why_not_alone() is None:
        let = fenced(tmp_path / "let", "-c", inner, kind, host, leave=host)
        assert let.lines("refused") == []
        assert let.lost is not None
        assert let.lost > 0


def alone(code: str, **environment: str) -> str:
    """What a Python of its own says."""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_the_program_refuses_hosts_by_itself_except_those_configured() -> None:
    """Sockets are never connected here: the fence stands before the system is asked."""
    said = alone("""
import socket, sys
from assistant.offline import OutwardRefused, stay_offline
stay_offline("models.example", "192.0.2.9")
def tried(event, *arguments):
    try:
        sys.audit(event, *arguments)
    except OutwardRefused:
        return "no"
    return "yes"
with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
    print(*[tried("socket.getaddrinfo", host, 80, 0, 0, 0) for host in
            ("models.example", "Models.Example", "192.0.2.1", None, "localhost", "other.example",
             b"other.example", "localhost.other.example")])
    print(*[tried("socket.connect", four, (host, 80)) for host in
            ("192.0.2.9", "127.0.0.2", "192.0.2.1", "169.254.169.254", "other.example")])
    print(*[tried("socket.connect", six, (host, 80, 0, 0)) for host in
            ("::1", "::ffff:127.0.0.1", "::ffff:192.0.2.1", "2001:db8::1", "fe80::1%eth0")])
    print(tried("socket.sendto", four, ("192.0.2.1", 53)))
    print(tried("socket.gethostbyname", "a.example"))
""")
    assert said.splitlines() == [
        "yes yes yes yes yes no no no",
        "yes yes no no no",
        "yes yes no no no",
        "no",
        "no",
    ]


def test_importing_starts_nothing_and_models_are_quiet_whatever_the_environment_says() -> None:
    said = alone(
        """
import os, sys
import app, assistant, index, ingest
print(sorted({"huggingface_hub", "torch", "gradio", "transformers"} & set(sys.modules)))
print(os.environ["HF_HUB_OFFLINE"])
from index.errors import NoEncoder
from index.profiles import model_folder
try:
    model_folder("nobody/has-this-model")
except NoEncoder:
    from huggingface_hub import constants
    print(constants.HF_HUB_OFFLINE, constants.HF_HUB_DISABLE_TELEMETRY)
""",
        HF_HUB_OFFLINE="0",
    )
    assert said.splitlines() == ["[]", "0", "True True"]


def test_doctor_lists_what_is_outward_by_host_and_never_a_secret() -> None:
    endpoint = GeneratorSettings("http://models.example:8000/v1/secret-path", "m", "own/nli")
    environment = {
        "HTTPS_PROXY": "http://me:secret@proxy.example:3128",
        "HF_ENDPOINT": "https://hub.example/secret",
        "PRIOR_ART_GENERATOR_KEY": "secret",
    }
    check = outward_check(endpoint, ["BAAI/bge-m3", "", "own/nli", str(ROOT)], environment)
    assert check.status == WARN
    for said in ("models.example:8000", "proxy.example:3128", "hub.example", "bge-m3, own/nli"):
        assert said in check.detail
    assert "secret" not in f"{check.detail} {check.remedy}"
    assert str(ROOT) not in check.detail
    safe = outward_check(GeneratorSettings("https://models.example/v1", "m"), [], {})
    assert (safe.status, safe.remedy) == (OK, None)
    assert "models.example" in safe.detail
    here = outward_check(GeneratorSettings("http://[::1]:8000/v1", "m"), [], {})
    assert here.status == OK
    assert "this machine" in here.detail
