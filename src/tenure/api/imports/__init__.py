"""Files: sending, mapping, checking, importing and undoing them."""
