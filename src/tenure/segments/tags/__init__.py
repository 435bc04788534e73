"""Tags: what customers are marked with, by hand or by a rule."""
