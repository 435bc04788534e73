"""Every read of every engine against core.reference, on random data."""
