"""Claim charts: what references disclose of each limitation of a claim."""
