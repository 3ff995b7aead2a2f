"""Face pictures and their labels: FER2013, FERPlus' votes, and other sets of photos.

All other packages of `face` may import from here. Imports no other package of `face`.
"""
