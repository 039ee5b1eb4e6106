"""What a person takes away: reports as text from frozen values, without I/O, clock, Qt or SQL."""
