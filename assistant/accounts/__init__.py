"""Accounts: who may sign in, with which role and clearance, and by which keys."""
