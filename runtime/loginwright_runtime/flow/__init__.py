"""Flows as values: the model, folder and bundle reading and writing, versions."""
