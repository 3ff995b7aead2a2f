"""What is wrong with a request or a setting, in words that a user understands. They never contain the wrong value.

`wording` translates the errors of pydantic, and `nearest` finds the known word that was meant. All modules may import
both. They import nothing else of this project.
"""
