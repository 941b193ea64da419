"""Office documents: Word, PowerPoint, and what pandoc converts."""
