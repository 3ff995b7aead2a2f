"""Crops: faces in, 48x48 grey pixels out, as FER2013 frames a face.

Import any module: `aligner` cuts crops, `preprocessing` makes network input of them, `frame` says how large and how
tilted a face is, `resizing` shrinks and cuts images. Nothing here imports a detector or a classifier.
"""
