"""Accounts: who may sign in, with which role and clearance, and by which keys."""

from assistant.accounts.accounts import Accounts
from assistant.accounts.keys import Key
from assistant.accounts.people import Account
from assistant.accounts.policy import LoginPolicy
from assistant.accounts.records import Identity

__all__ = ["Account", "Accounts", "Identity", "Key", "LoginPolicy"]
