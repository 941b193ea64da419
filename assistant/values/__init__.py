"""The values of a sentence: what they belong to, in which unit, under which conditions."""
