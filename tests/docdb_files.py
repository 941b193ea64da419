"""Invented DOCDB files, for the tests of their reader."""

from __future__ import annotations

RECORD = """<exch:exchange-document country="EP" doc-number="{number}" kind="A1"
 date-publ="20220316" family-id="555" status="{status}"><exch:bibliographic-data>
<exch:invention-title lang="en">Cell {number}</exch:invention-title>{data}
</exch:bibliographic-data>{abstract}</exch:exchange-document>
"""
OUTER = """<?xml version="1.0" encoding="UTF-8"?>
<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange" no-of-documents="{count}">
{records}</exch:exchange-documents>
"""
ABSTRACT = '<exch:abstract lang="{lang}"><exch:p>{text}</exch:p></exch:abstract>'


def record(number="1000000", data="", abstract="", status="A"):
    return RECORD.format(number=number, data=data, abstract=abstract, status=status)


def outer(*records):
    return OUTER.format(count=len(records), records="".join(records))
