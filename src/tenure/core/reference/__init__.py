"""The warehouse's answers in plain Python: lists of events in, numbers out. Slow and obvious.

The engines of tenure.warehouse are held to these functions by tests/warehouse/equality, on random data.
"""
