"""Face emotion: FER2013, the networks, their training, export and evaluation."""
