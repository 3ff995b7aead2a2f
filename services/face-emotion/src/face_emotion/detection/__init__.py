"""Detection: a uint8 (h, w, 3) RGB array in, faces out, with a box, five landmarks and a score each.

Import `detector` to find faces. Training, which exports YuNet's file, may import `yunet`; `haar` and `close_up` are for
`detector` only. Nothing here imports `image`, the classifier or the web layer.
"""
