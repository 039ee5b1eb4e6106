"""Reusable parts of pages; they know domain values at most, never services."""
