"""Desireline: draw the customer journey you intend, measure the one customers take, and close the gap."""

__version__ = "0.1.0"
