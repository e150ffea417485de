"""Worker processes that run action code."""
