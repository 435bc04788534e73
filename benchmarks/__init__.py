"""Benchmarks: each figure is a ratio against a reference measured in the same run, so it holds on any machine."""
