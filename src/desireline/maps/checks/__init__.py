"""The map linter: what a map lacks, and what helps. One file per family; `catalog.py` lists them all."""
