"""The record of a run, every step as data: fold, write, read, redact."""
