"""Lake: Delta tables in customer-hash buckets, sorted by customer and time; one commit makes an import visible."""
