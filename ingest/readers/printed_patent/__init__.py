"""Printed patents: facts by INID codes, claims, paragraphs."""
