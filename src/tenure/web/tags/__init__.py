"""Tags on screen: which there are, putting them on customers, and the tags a customer has."""
