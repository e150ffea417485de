"""The inspector: what is selected while composing, and what a login holds while it runs."""
