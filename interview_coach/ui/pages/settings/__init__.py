"""What the person may set, and what keeps their data safe."""
