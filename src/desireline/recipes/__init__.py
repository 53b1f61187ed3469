"""Recipes: how the columns of a company's own files become roles: who, what, when, by which channel, worth what."""
