"""Calibration by hand: how often findings and verdicts are wrong, on companies and series of which the truth is known.

`python -m bench.calibrate` runs the exam of whole companies and every simulation of `tests/calibration`, and writes
`docs/calibration.md`. What was run is kept under the benchmark's folder and is not run again until the code changes.
"""
