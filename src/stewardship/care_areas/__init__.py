"""The care areas: one declarative file each."""
