"""SoundCloud: `client` finds songs, `token` gets the access token, `limit` turns refused calls into errors."""
