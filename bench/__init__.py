"""Speed against peers, measured in one run on one machine, by hand: `make bench`.

`generate` writes the data, `environments` installs each peer in its own place, `run` asks every engine the same
questions and compares their answers with ours, `page` writes `docs/performance.md`. Nothing here ships in the wheel.
"""
