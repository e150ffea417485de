"""Recorded logins: a list of those that ended, to open and step through again."""
