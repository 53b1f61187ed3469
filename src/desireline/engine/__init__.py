"""Engine: runs a plan over the buckets of a lake."""
