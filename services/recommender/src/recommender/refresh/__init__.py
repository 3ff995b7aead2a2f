"""The weekly refresh: adds new songs to the catalogue, and looks up at Spotify the songs most likely to be drawn.

Only the command line imports this package, and only `run`, the whole refresh. `lease` prevents two refreshes at once,
`csv_folder` and `listenbrainz` find new songs, `prewarm` looks songs up.
"""
