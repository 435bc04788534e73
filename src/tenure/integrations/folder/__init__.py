"""A folder of files on the server."""
