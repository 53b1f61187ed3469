"""Recipes: how the columns of a company's own files become roles (who, what, when, through which channel, worth what)."""
