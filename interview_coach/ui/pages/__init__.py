"""One humble page per file: build, connect, render one view."""
