"""Tokens: what goes into them, who signs them, and the seal of a suspended login."""
