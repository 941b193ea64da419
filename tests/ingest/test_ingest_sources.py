from __future__ import annotations

import os
import socket

import pytest

from ingest import Rejection
from ingest.sources import Source, find_sources


def test_a_missing_path_is_one_rejection(tmp_path):
    (found,) = find_sources(tmp_path / "none")
    assert found == Rejection(
        str(tmp_path / "none"), "MissingPath", "there is nothing at this path; check the spelling"
    )


def test_a_file_is_its_own_only_source(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("abc")
    (found,) = find_sources(path)
    assert isinstance(found, Source)
    assert (found.path, found.root, found.size) == (str(path), str(path), 3)
    assert found.modified_ns == path.stat().st_mtime_ns
    assert found.changed_ns == path.stat().st_ctime_ns


def test_files_of_a_folder_come_sorted_and_from_every_depth(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/deep/er/y.txt", "c"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    found = list(find_sources(tmp_path))
    names = [os.path.relpath(source.path, tmp_path) for source in found]
    assert names == ["a/deep/er/y.txt", "a/z.txt", "b.txt", "c"]
    assert {source.root for source in found} == {str(tmp_path)}


def test_an_empty_folder_has_no_sources(tmp_path):
    assert list(find_sources(tmp_path)) == []


def test_odd_names_come_out_whole(tmp_path):
    names = [
        "전지 보고서.txt",
        "two\nlines.txt",
        "-rf",
        " ",
        "a#line 3",
        os.fsdecode(b"caf\xe9.txt"),
    ]
    for name in names:
        (tmp_path / name).write_text("text")
    assert {os.path.basename(source.path) for source in find_sources(tmp_path)} == set(names)


def test_a_link_to_the_folder_above_is_rejected_and_the_files_are_found_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("text")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    first, second = find_sources(tmp_path)
    assert first.path == str(tmp_path / "sub" / "a.txt")
    assert (second.source, second.error) == (str(tmp_path / "sub" / "up"), "LinkLoop")


def test_a_link_to_itself_is_a_loop_wherever_it_is_named(tmp_path):
    (tmp_path / "me").symlink_to("me")
    for path in (tmp_path, tmp_path / "me"):
        (found,) = find_sources(path)
        assert (found.source, found.error) == (str(tmp_path / "me"), "LinkLoop")


def test_two_links_that_lead_to_each_other_are_loops(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert [found.error for found in find_sources(tmp_path)] == ["LinkLoop", "LinkLoop"]


def test_links_to_files_and_to_folders_elsewhere_are_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("text")
    (tmp_path / "named").mkdir()
    (tmp_path / "named" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "named" / "file.txt").symlink_to(tmp_path / "elsewhere" / "a.txt")
    names = [os.path.relpath(found.path, tmp_path) for found in find_sources(tmp_path / "named")]
    assert names == ["named/file.txt", "named/folder/a.txt"]


def test_a_dangling_link_is_listed_beside_the_good_files(tmp_path):
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here.txt").write_text("text")
    rejection, source = find_sources(tmp_path)
    assert (rejection.source, rejection.error) == (str(tmp_path / "gone.pdf"), "Unreadable")
    assert rejection.message == "the system refuses to read it: No such file or directory"
    assert source.path == str(tmp_path / "here.txt")


def test_pipes_and_sockets_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.txt"))
        found = list(find_sources(tmp_path))
    assert [(r.error, r.message) for r in found] == [
        ("Unreadable", "not a regular file (a device, pipe or socket)")
    ] * 2


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_folder_is_listed(tmp_path):
    (tmp_path / "closed").mkdir(mode=0)
    (found,) = find_sources(tmp_path)
    assert (found.error, found.message) == (
        "Unreadable",
        "the system refuses to read it: Permission denied",
    )


def test_a_rejection_of_a_name_that_is_not_utf8_can_be_printed(tmp_path):
    name = os.fsdecode(b"caf\xe9")
    (tmp_path / name).symlink_to("nowhere")
    (found,) = find_sources(tmp_path)
    assert found.source == f"{tmp_path}/caf\\udce9"
    assert found.to_dict()["source"].encode("utf-8")
