"""The practice page: one module a step, and the page that leads through them."""
