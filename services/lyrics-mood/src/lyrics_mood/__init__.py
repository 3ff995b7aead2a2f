"""The lyrics-mood service: the text of a song in, four mood scores out.

The HTTP app (`app`, `routes`) and the bulk command (`score_batch`) both score texts with `reader`. The cli may import
`app` and `settings`; training may import `tokenizer`, `classifier` and `score_batch`. Nobody may import anything else.
"""
