"""Where a user's own files begin, also for a user whom the system does not know."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path("/nonexistent")
"""The home of users who have none, by Debian's convention: nothing can be made in it."""


def home_folder() -> Path:
    """Return the user's home folder.

    A container may run as a number that no account has, without ``HOME``: then ``NOWHERE``, so that
    whoever writes there says which file it is about.
    """
    home = Path(os.path.expanduser("~"))
    return home if home.is_absolute() else NOWHERE
