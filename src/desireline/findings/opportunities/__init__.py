"""How much each finding is worth: sizes as distributions, the order they give, and scores that people know."""
