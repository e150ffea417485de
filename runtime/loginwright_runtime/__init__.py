"""Loginwright's runtime: runs login flows of post-login actions, on a desk or on a server."""
