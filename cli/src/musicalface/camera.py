"""One picture from the local camera, in memory alone."""

import cv2

from musicalface.failure import fail

WARM_UP_FRAMES = 5  # the first ones are dark, until the exposure has settled
NO_CAMERA = (
    "no picture from camera {camera}. In a container or on a remote machine there is none: take the photo"
    " on your own machine, then run `musicalface recommend photo.jpg --server http://HOST:8000`"
    " or `curl -F image=@photo.jpg http://HOST:8000/recommend`"
)


def take_picture(camera: int) -> bytes:
    """Return a JPEG of what the camera sees. Ends the command where there is no camera."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    capture = cv2.VideoCapture(camera)
    try:
        frame = _settled_frame(capture)
    finally:
        capture.release()
    if frame is None:
        fail(NO_CAMERA.format(camera=camera))
    return cv2.imencode(".jpg", frame)[1].tobytes()


def _settled_frame(capture: cv2.VideoCapture) -> cv2.typing.MatLike | None:
    if not capture.isOpened():
        return None
    for _ in range(WARM_UP_FRAMES):
        capture.grab()
    there, frame = capture.read()
    return frame if there else None
