"""Effort: how hard journeys were, read off what customers did, and checked against what they answered."""
