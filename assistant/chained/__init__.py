"""Lines of JSON that are chained by their hashes: for the records of projects and the audit."""
