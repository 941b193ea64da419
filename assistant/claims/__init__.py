"""A claim read into its limitations. Imports index and ingest only."""
