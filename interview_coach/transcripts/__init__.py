"""A file becomes turns and questions, and back; one small module per format."""
