"""What a recommendation is. Pure functions, no I/O."""
