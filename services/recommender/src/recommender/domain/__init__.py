"""Songs, moods, rankings and links as pure functions and values, without I/O.

Every other package of the recommender and training may import it. It imports the vocabulary and NumPy.
"""
