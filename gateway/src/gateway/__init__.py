"""The public door: takes a photo in, asks the services over HTTP, answers with songs."""
