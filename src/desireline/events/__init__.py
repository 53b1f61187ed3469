"""Events: rows become things that happened, in one schema and in UTC."""
