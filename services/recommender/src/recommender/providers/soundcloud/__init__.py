"""SoundCloud: `client` finds songs, `token` gets the access token, `refusals` turns refused calls into errors."""
