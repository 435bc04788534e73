"""The REST API: what people do on pages, for programs, within a member's own rights."""
