"""SoundCloud: `client` finds songs, `token` keeps the token, `refusals` turns refusals into errors."""
