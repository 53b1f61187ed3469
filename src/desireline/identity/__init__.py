"""Identity: who the customers are."""
