"""Ranking: choice and measurement of the recommender's weights, and plots of its lists.

The command line imports `commands`.
Imports the recommender's domain, and neither `face`, `lyrics` nor `catalogue`.
"""
