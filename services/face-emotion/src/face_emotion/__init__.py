"""The face-emotion service: an image's bytes in, faces with emotion scores out."""
