"""The catalogue: songs classified in bulk, kept as facts without their lyrics."""
