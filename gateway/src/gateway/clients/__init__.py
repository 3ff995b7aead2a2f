"""One client a service; each owns the models of what it reads."""
