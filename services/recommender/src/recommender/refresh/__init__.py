"""The weekly refresh: brings new songs into the catalogue, and looks up the most likely songs at Spotify in advance.

Only the command line imports it, and only `run`, the whole refresh, and `lease`, which stops a second one. `csv_folder`
and `listenbrainz` find new songs, `prewarm` looks songs up.
"""
