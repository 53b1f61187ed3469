"""Sources: read any file a company has, in batches of text rows, and keep every row that cannot be read."""
