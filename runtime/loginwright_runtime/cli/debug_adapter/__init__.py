"""The server of ``loginwright dap`` (Debug Adapter Protocol)."""
