# Six images. They share the layers of `base` and add the code of their service.
FROM python:3.13-slim AS dependencies
COPY requirements/serve.txt .
RUN python -m venv --without-pip /venv && \
    pip --python /venv/bin/python install --no-cache-dir --require-hashes -r serve.txt

# Only score-batch reads and writes Parquet.
FROM dependencies AS batch-dependencies
COPY requirements/batch.txt .
RUN pip install --no-cache-dir --target /batch --require-hashes -r batch.txt

FROM python:3.13-slim AS base
RUN groupadd --gid 10001 musicalface && useradd --uid 10001 --gid 10001 --no-create-home musicalface
COPY --from=dependencies /venv /venv
COPY common/src /app
COPY LICENSE NOTICE /app/
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=3s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]

FROM base AS face-emotion
COPY services/face-emotion/src /app
CMD ["python", "-m", "musicalface_common.server", "face_emotion.app:create_app"]

FROM base AS lyrics-mood
COPY services/lyrics-mood/src /app
CMD ["python", "-m", "musicalface_common.server", "lyrics_mood.app:create_app"]

FROM base AS recommender
COPY services/recommender/src /app
CMD ["python", "-m", "musicalface_common.server", "recommender.app:create_app"]

FROM recommender AS catalogue
COPY cli/src /app
HEALTHCHECK NONE
ENTRYPOINT ["python", "-m", "musicalface", "catalogue"]
CMD ["refresh"]

FROM base AS gateway
COPY gateway/src /app
CMD ["python", "-m", "musicalface_common.server", "gateway.app:create_app"]

FROM base AS score-batch
COPY --from=batch-dependencies /batch /app
COPY services/lyrics-mood/src /app
HEALTHCHECK NONE
ENTRYPOINT ["python", "-m", "lyrics_mood.score_batch"]
CMD ["--help"]
