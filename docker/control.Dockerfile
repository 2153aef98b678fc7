# The control worker and the autolift command: workflows, proposers, git, ledger. No Python, no servers.
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /opt/autolift
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN node --input-type=module --eval "await (await import('./scripts/setup/build.mjs')).build()"

FROM node:20.20.2-bookworm-slim
# git holds the candidates; bubblewrap is for agent programs that propose
RUN apt-get update \
 && apt-get install --yes --no-install-recommends bubblewrap ca-certificates git \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/autolift
# without the optional packages: they are the embedded PostgreSQL and compilers
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY --from=build /opt/autolift/dist dist
COPY bin bin
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
