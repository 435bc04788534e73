"""Lists as files: sent at once when short, else made by a job and kept for their maker."""
