"""Members of the vendor's team: who they are, what they may do and see, inviting them and letting them go."""
