"""The app's state: the objects that the app opens when it starts, for the routes."""

from typing import Annotated, NamedTuple

from fastapi import Depends

from musicalface_common.state import state_of
from recommender.playback.lookup import PlaybackLookup
from recommender.recommend import Recommender


class RecommenderState(NamedTuple):
    """The recommender, and the look-up of where songs play."""

    recommender: Recommender
    playback: PlaybackLookup


CurrentState = Annotated[RecommenderState, Depends(state_of(RecommenderState))]
