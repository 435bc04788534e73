"""Profile cards and the fields on them: what a company wants to know about its customers."""
