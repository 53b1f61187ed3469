"""Paths: where customers really go, read off the kept trace in one walk. One file per question."""
