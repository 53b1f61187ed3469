"""What rules look at: each file gathers one kind of thing in the common walk over the buckets."""
