"""Tags: which there are, who has them and had them, putting them on and taking them off."""
