"""The face-emotion service: an image's bytes in, faces with emotion scores out.

The command line starts it with `app.create_app` and `settings.Settings`. Training may import everything except the web
layer (`app`, `routes`, `answer`, `schemas`), so that models are trained on the crops that are served. Other services
may import nothing from here.
"""

from pathlib import Path

MODEL_FOLDER = Path(__file__).parent / "model"
