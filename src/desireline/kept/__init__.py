"""Kept: what is derived from a lake and put beside it, so that it need not be made again. May be deleted any time."""
