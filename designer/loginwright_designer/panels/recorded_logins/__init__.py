"""The side panel of logins that ran earlier."""
