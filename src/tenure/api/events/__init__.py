"""What arrives and what it means: the event catalogue, its sources, and what was refused."""
