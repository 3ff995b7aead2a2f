"""Spotify through spotipy: `client` finds songs, `token` gets the token, `session` turns refused calls into errors."""
