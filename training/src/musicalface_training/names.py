"""The ids that songs go by, as the recommender gives them."""

from recommender.domain.song_id import song_id

__all__ = ["song_id"]
