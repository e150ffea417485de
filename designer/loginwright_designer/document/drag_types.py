"""Kinds of content that one view lets go and another takes up."""

from __future__ import annotations

TEMPLATE_MIME_TYPE = "application/x-loginwright-template"
"""The name of a template of the library, UTF-8; a lane makes an action of it where it is let go."""
