"""Spotify by spotipy: `client` finds songs, `token` keeps the token, `session` turns refusals into errors."""
