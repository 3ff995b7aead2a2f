"""Songs with lyrics and mood labels: the sets on disk, all songs as one corpus, splits and folds by artist.

All other packages of `lyrics` may import from here. Imports no other package of `lyrics`.
"""
