"""The redirect desk: what went out with a login, what comes back, and what becomes of it."""
