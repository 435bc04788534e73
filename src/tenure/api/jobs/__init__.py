"""Jobs: work that runs in the background."""
