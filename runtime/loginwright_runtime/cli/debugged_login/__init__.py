"""A login that somebody stops and steps, below the prompt and the debug adapter alike."""
