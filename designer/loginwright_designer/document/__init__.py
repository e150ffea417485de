"""The flow that is being designed: its value, its edits, its folder, its secrets."""
