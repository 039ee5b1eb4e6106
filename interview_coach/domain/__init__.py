"""The trade in plain words: values and rules, without I/O, clock, Qt or SQL."""
