"""These are programs that the tests start, not modules to be collected."""

collect_ignore_glob = ["*.py"]
