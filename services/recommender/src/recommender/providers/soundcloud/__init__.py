"""SoundCloud: `client` finds songs, `token` keeps the token, `limit` turns refusals into errors."""
