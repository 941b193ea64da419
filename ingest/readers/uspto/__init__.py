"""Files of the USPTO: XML of every generation, greenbook text, public-search JSON."""
