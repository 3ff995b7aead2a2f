"""Detection: a uint8 (h, w, 3) RGB array in, faces out, with a box, five landmarks and a score each.

Import `detector` to find faces; training also reads the file name of `yunet`. `haar` and `close_up` serve `detector`
only. Nothing here imports the decoder, the classifier or the web layer.
"""
