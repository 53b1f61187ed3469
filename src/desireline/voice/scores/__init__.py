"""Scores: what was answered on a scale, with its interval, its weights, its groups and its course over time."""
