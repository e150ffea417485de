"""The side panel of secrets: their values, and which actions use them."""
