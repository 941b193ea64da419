"""DOCDB files as a whole: many records, broken ones, encodings, fragments, memory."""

from __future__ import annotations

import io
import re
import tracemalloc

import pytest

from docdb_files import ABSTRACT, outer, record
from ingest.errors import Malformed, NoText, WrongSuffix
from ingest.readers import read_file
from ingest.readers.epo.docdb import is_docdb, read_docdb
from ingest.readers.opened import Sample, SourceFile


@pytest.fixture
def replies(tmp_path):
    def of(content, name="docdb.xml"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_file(str(path)))

    return of


def test_deleted_and_broken_records_are_named_and_cost_no_other(replies):
    found = replies(
        outer(
            record("1000001"),
            record("1000002", status="D"),
            record("1000003").replace("</exch:invention-title>", ""),
            '<exch:exchange-document country="EP" doc-number="1000004" kind="A1" status="D"/>',
            record("1000005"),
        )
    )
    assert [reply.document.facts.title for reply in found if reply.document] == [
        "Cell 1000001",
        "Cell 1000005",
    ]
    rejected = [(r.rejection.source, r.rejection.error) for r in found if r.rejection]
    assert rejected == [
        ("#record 2", "NoText"),
        ("#record 3", "Malformed"),
        ("#record 4", "NoText"),
    ]
    assert "deleted EP1000002A1 (status D)" in found[1].rejection.message


@pytest.mark.parametrize("cut", [30, 160, 400])
def test_a_file_cut_short_is_said_to_be(replies, cut):
    whole = outer(record("1000001"), record("1000002"))
    with pytest.raises(Malformed, match="the file ends"):
        replies(whole[:-cut])


def test_a_fragment_cut_in_its_first_tag_and_an_empty_list_are_stated(replies):
    with pytest.raises(Malformed, match="inside a record"):
        replies(record("1000001") + record("1000002")[:40])
    with pytest.raises(NoText, match="lists no documents"):
        replies(outer())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_files_are_read_in_the_encoding_that_they_declare(replies, encoding):
    declared = encoding.removesuffix("-sig")
    text = outer(record("1000001").replace("Cell", "Zelle für")).replace("UTF-8", declared)
    (reply,) = replies(text.encode(encoding))
    assert reply.document.facts.title == "Zelle für 1000001"


def test_a_wrong_or_unknown_encoding_is_a_stated_error(replies):
    with pytest.raises(Malformed, match="encoding klingon is unknown"):
        replies(outer(record()).replace("UTF-8", "klingon"))
    (reply,) = replies(outer(record().replace("Cell", "電池のため")).encode("shift-jis"))
    assert reply.rejection.error == "Malformed"


def test_fragments_without_a_root_or_its_namespace_are_read(replies):
    found = replies(record("1000001") + "\n" + record("1000002"), "fragment.txt")
    assert [reply.document.facts.title for reply in found] == ["Cell 1000001", "Cell 1000002"]
    plain = re.sub("exch:", "", outer(record("1000003")))
    assert replies(plain)[0].document.facts.title == "Cell 1000003"


def test_entities_of_the_file_itself_mean_nothing(replies):
    bomb = '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n'
    text = outer(record("1000001").replace("Cell", "&a;&b;")).replace("?>\n", "?>\n" + bomb)
    (reply,) = replies(text)
    assert reply.rejection or "haha" not in reply.document.text + reply.document.facts.title


def test_other_files_are_not_taken_for_docdb(replies):
    assert not is_docdb(Sample(".xml", b"<a><exchange-documents/></a>"))
    assert not is_docdb(Sample(".xml", b'<?xml version="1.0"?><exchange-documents-list>'))
    with pytest.raises((WrongSuffix, Malformed)):
        replies(b"\x00\x01exchange-document")


def test_memory_does_not_grow_with_the_file():
    piece = record(abstract=ABSTRACT.format(lang="en", text="cathode" * 5000)).encode()
    head, tail = outer("@").encode().split(b"@")
    stream = io.BytesIO(head + piece * 600 + tail)  # 21 MB
    tracemalloc.start()
    count = sum(reply.document is not None for reply in read_docdb(SourceFile("x.xml", stream)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 600
    assert peak < 8 << 20
