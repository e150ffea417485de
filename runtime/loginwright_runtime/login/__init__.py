"""A login as it begins: the event model, its default, requests, and what an action sees."""
