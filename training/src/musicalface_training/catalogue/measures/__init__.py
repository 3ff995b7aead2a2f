"""How good the catalogue's facts are: beliefs against moods from elsewhere, marks against judgements by hand, counts.

`commands` imports `report` and `counts`.
"""
