"""Crops: faces in, 48x48 grey images out, framed as FER2013 frames a face.

Import any module: `aligner` cuts crops, `preprocessing` turns them into network input, `frame` returns the size and the
tilt of a face, `resizing` shrinks and cuts images. Nothing here imports a detector or a classifier.
"""
