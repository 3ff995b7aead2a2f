"""Songs, moods, rankings and links as pure functions and values, without I/O.

Training and every other package of the recommender may import it. It imports only the vocabulary and NumPy.
"""
