"""The profiles that are set up on this computer: their names, and nothing else of them."""

from __future__ import annotations


def profile_names() -> tuple[str, ...]:
    """Return the names of all profiles that botocore's chain knows (SSO, roles, programs, keys), sorted.

    There are none where the files cannot be read.
    """
    import botocore.session
    from botocore.exceptions import BotoCoreError

    try:
        return tuple(sorted(botocore.session.Session().available_profiles))
    except (BotoCoreError, OSError, UnicodeDecodeError):
        return ()
