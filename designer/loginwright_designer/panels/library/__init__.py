"""The side panel of what can be added to a flow: templates, blank actions, files."""
