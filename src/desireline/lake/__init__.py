"""Lake: Delta tables in customer-hash buckets, sorted by customer and time; one commit shows an import."""
