"""An answer beside a reference: points, words, spoken time; pure functions."""
