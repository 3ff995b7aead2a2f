"""Takes one picture with the local camera. The picture is kept only in memory."""

import cv2

from musicalface.failure import fail

WARM_UP_FRAMES = 5  # the first frames are too dark, until the camera has adjusted its exposure
NO_CAMERA = (
    "no picture from camera {camera}. A container or a remote machine has no camera: take the photo"
    " on your own machine, then run `musicalface recommend photo.jpg --server http://HOST:8000`"
    " or `curl -F image=@photo.jpg http://HOST:8000/recommend`"
)


def take_picture(camera: int) -> bytes:
    """Return a JPEG of one frame of the camera. If there is no camera, end the command with an error."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    capture = cv2.VideoCapture(camera)
    try:
        frame = _frame_after_warm_up(capture)
    finally:
        capture.release()
    if frame is None:
        fail(NO_CAMERA.format(camera=camera))
    return cv2.imencode(".jpg", frame)[1].tobytes()


def _frame_after_warm_up(capture: cv2.VideoCapture) -> cv2.typing.MatLike | None:
    if not capture.isOpened():
        return None
    for _ in range(WARM_UP_FRAMES):
        capture.grab()
    succeeded, frame = capture.read()
    return frame if succeeded else None
