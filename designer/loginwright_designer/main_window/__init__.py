"""The main window: its parts, how it is divided, and the commands that all of it answers to."""
