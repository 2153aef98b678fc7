# The device worker: runs candidates and evaluators. No keys, no database, no model.
FROM python:3.12.13-slim-bookworm AS packages
RUN python -m venv /opt/autolift
COPY python-gpu-activity/requirements.txt python-gpu-activity/requirements-s3.txt /tmp/
RUN /opt/autolift/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /tmp/requirements.txt -r /tmp/requirements-s3.txt
# what candidates import: they run with the worker's Python
ARG REQUIREMENTS=docker/requirements/none.txt
COPY ${REQUIREMENTS} /tmp/candidates.txt
RUN /opt/autolift/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /tmp/candidates.txt
COPY python-gpu-activity/autolift_device /opt/autolift/lib/python3.12/site-packages/autolift_device

FROM python:3.12.13-slim-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends bubblewrap ca-certificates git \
 && rm -rf /var/lib/apt/lists/*
COPY --from=packages /opt/autolift /opt/autolift
COPY docker/health/device.py /opt/autolift/health.py
ARG UID=1000
ARG GID=1000
RUN groupadd --non-unique --gid "$GID" autolift \
 && useradd --non-unique --uid "$UID" --gid "$GID" --home-dir /data --no-create-home autolift \
 && install --directory --owner="$UID" --group="$GID" /data /data/blobs /tasks
ENV PATH=/opt/autolift/bin:$PATH HOME=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER autolift
ENTRYPOINT ["python", "-m", "autolift_device"]
