"""Where suspended logins, users, cached values and secrets are kept."""
