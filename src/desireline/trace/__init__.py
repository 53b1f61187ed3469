"""Trace: the kept trace, plain columns on the disk beside the lake; derived, rebuildable, never precious."""
