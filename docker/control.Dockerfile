# The control worker and the autolift command: workflows, proposers, git, ledger. No servers; Python for samplers alone.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /opt/autolift
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN node --input-type=module --eval "await (await import('./scripts/setup/build.mjs')).build()"

# Optuna, which the proposer `sweep` asks; on the Python that the image below has too
FROM node:20.20.2-bookworm-slim AS samplers
RUN apt-get update \
 && apt-get install --yes --no-install-recommends python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/autolift/.venv
COPY python-gpu-activity/requirements.txt python-gpu-activity/requirements-sweep.txt /tmp/
RUN /opt/autolift/.venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /tmp/requirements.txt -r /tmp/requirements-sweep.txt
COPY python-gpu-activity/autolift_sweep /opt/autolift/.venv/lib/python3.11/site-packages/autolift_sweep

FROM node:20.20.2-bookworm-slim
# git holds the candidates; bubblewrap is for agent programs that propose
RUN apt-get update \
 && apt-get install --yes --no-install-recommends bubblewrap ca-certificates git python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/autolift
# without the optional packages: they are the embedded PostgreSQL and compilers
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY --from=build /opt/autolift/dist dist
COPY --from=samplers /opt/autolift/.venv .venv
COPY bin bin
COPY mechanisms mechanisms
COPY schema schema
COPY docker/health/control.mjs docker/health/control.mjs
ARG UID=1000
ARG GID=1000
RUN ln -s /opt/autolift/bin/autolift.mjs /usr/local/bin/autolift \
 && userdel node \
 && groupadd --non-unique --gid "$GID" autolift \
 && useradd --non-unique --uid "$UID" --gid "$GID" --home-dir /data --no-create-home autolift \
 && install --directory --owner="$UID" --group="$GID" /data /data/blobs /tasks
ENV NODE_ENV=production HOME=/data AUTOLIFT_HOME=/data
USER autolift
CMD ["autolift", "worker", "control"]
