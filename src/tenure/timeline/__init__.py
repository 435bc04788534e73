"""Everything that ever happened with a customer, merged from where it is kept; pages and the API show it."""
