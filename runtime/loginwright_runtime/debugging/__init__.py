"""Where a login can stop, what is seen there, and how it goes on: values and one protocol."""
