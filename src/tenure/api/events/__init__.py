"""The event catalogue: what arrives and what it means."""
