"""Real parts for tests: servers on loopback and photos that nobody owns."""
