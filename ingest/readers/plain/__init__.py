"""Plain text and Markdown, and what all paged text shares."""
