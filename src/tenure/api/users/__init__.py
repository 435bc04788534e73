"""Users: the people inside customers who use the product."""
