"""What people wrote: initiatives, decisions about findings, and hooks for changes. SQLite, or PostgreSQL by URL."""
