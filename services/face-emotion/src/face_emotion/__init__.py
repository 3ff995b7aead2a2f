"""The face-emotion service: an image's bytes in, faces with emotion scores out.

Others start it by `app.create_app` and `settings.Settings`. Training also imports `classifier`, `image`, `recognizer`,
`detection` and `crop`, so that a model is trained on the pixels that it is served. Other services import nothing.
"""

from pathlib import Path

MODEL_FOLDER = Path(__file__).parent / "model"
