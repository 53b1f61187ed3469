"""What people wrote: initiatives and what was done with findings, in SQLite or PostgreSQL."""
