"""Partners' own extracts, such as SUS and HES, read into canonical tables."""
