"""Maps as shared documents that many people edit at once."""
