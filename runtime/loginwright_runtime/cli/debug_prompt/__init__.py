"""The prompt of ``loginwright debug``."""
