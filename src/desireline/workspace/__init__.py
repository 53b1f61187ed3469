"""A workspace: one folder with a lake, and the use cases that join it with maps and recipes."""

from desireline.workspace.workspace import Workspace

__all__ = ["Workspace"]
