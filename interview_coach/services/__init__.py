"""The use cases, free of Qt; one class per kind of work, each method one unit of work."""
