"""Joins the views to the document and to the login: what one says, the others are told."""
