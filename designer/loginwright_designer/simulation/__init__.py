"""A login run, stepped through and answered for in the designer (desktop.md); no widgets."""
