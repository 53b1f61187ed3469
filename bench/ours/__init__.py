"""Our side of the benchmark, in the same harness as the peers; each file stands beside one set of bars."""
