"""One file per rule: what it looks for, why it matters, and what helps. `findings.catalog` lists them."""
