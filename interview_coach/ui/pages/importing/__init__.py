"""The import page: what the chosen files are, before anything of them is stored."""
