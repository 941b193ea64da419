"""Exports of search services and other tables: a row becomes a document."""
