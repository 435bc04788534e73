"""Personal data: handing out what is held about a person, and erasing them for good."""
