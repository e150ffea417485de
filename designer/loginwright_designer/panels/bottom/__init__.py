"""The bottom area: what a login did step by step, what it printed, and what is wrong."""
