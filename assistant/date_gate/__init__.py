"""The date gate: how a document stands to a subject's date in patent law."""
