"""Faults on purpose: a process that changes a library is killed, starved or refused."""
