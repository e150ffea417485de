"""The bars across the window: the outcome, the past, the first steps, the state."""
