"""Passwords: which can be taken, and what is kept of them (argon2id, the settings of RFC 9106 for little memory).

No rules about digits and capitals, after NIST SP 800-63B: length, and not the first thing that somebody would try.
"""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desireline.errors import PasswordUnfit

SHORTEST, LONGEST = 10, 200
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(2)  # each takes 64 MB and a core: many at once would stop everybody else
_WORN = ("password", "passwort", "qwertyuiop", "qwertzuiop", "desireline", "letmein", "iloveyou", "welcome", "admin")
_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjkl")


def check_password(password: str, name: str) -> None:
    """The password can be taken. Raises PasswordUnfit."""
    if len(password) < SHORTEST:
        raise PasswordUnfit(f"A password has at least {SHORTEST} characters. A few words in a row are easy to keep.")
    if len(password) > LONGEST:
        raise PasswordUnfit(f"A password has at most {LONGEST} characters.")
    if _easy(password.casefold(), name.casefold()):
        raise PasswordUnfit("This password is among the first that somebody would try. Take a few words in a row.")


def keep_password(password: str) -> str:
    """What the ledger keeps."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def is_password(kept: str, password: str) -> bool:
    """Whether this is the password; for "" (nobody, or a member without one) it takes as long, and is false."""
    if len(password) > LONGEST:
        return False
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobody(), _plain(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """The settings have become stricter since it was kept."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    """What is kept of a password that nobody has, so that a wrong name takes as long as a wrong password."""
    return _HASHER.hash("no member has this password")


def _plain(password: str) -> bytes:
    """The same bytes however a keyboard puts letters and accents together."""
    return normalize("NFC", password).encode("utf-8", "surrogatepass")


def _easy(password: str, name: str) -> bool:
    left = password
    for word in (*_WORN, *name.split()):
        if len(word) > 2:
            left = left.replace(word, "")
    in_a_row = any(left in row or left in row[::-1] for row in _ROWS)
    return len(left) < 5 or in_a_row or len(set(password)) < 5
