"""Drivers: which touchpoints move overall satisfaction, how surely, and in which direction."""
