"""Sheets and popovers that ask for what a login or an export still needs."""
