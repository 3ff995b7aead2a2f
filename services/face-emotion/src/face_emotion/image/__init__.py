"""The bytes of a picture, from strangers, to an upright RGB array: `decode` finds the format and calls its reader.

Each format has a reader that bounds what decoding will cost before it decodes, and decodes once.
Other packages import `decode` only.
"""
