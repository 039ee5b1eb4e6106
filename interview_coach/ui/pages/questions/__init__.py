"""The Questions page: the list, the line to search in, and what stands beside them."""
