"""Benchmarks: timings stand here, as ratios against a stated reference in the same run, and in no test."""
