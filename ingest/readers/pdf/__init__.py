"""PDF: pages in reading order."""
