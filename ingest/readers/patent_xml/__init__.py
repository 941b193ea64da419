"""What patent XML of all offices shares: safe parsing, bodies, tables, claim references."""
