"""The ids that songs go by, as the recommender gives them."""

from recommender.domain.track import song_id

__all__ = ["song_id"]
