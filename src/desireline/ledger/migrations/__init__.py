"""How an older ledger becomes one of today. `engine` runs these when it opens one."""
