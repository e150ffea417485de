"""A login in progress as a value: effects, claim rules, what comes next, outcome; all pure."""
