# syntax=docker/dockerfile:1
# Two images: `--target slim` without a browser, and the last stage with Chromium. Each RUN is run for real by
# `npm run check:docker`, on any Debian 12 and without Docker.
# Node 20.20.2, by digest: what is built is the same on every day. Dependency updates move both lines.
FROM node:20-bookworm@sha256:8f693eaa7e0a8e71560c9a82b55fd54c2ae920a2ba5d2cde28bac7d1c01c9ba5 AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build
RUN npm prune --omit=dev
RUN mkdir -p /app/data/state \
  && cp -r dist node_modules package.json config.yaml LICENSE /app/ \
  && cp -r data/catalog data/recordings /app/data/

FROM node:20-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0 AS slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates tini \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# The only place that is written to; all else belongs to root.
RUN chown node:node data/state \
  && ln -s /app/dist/bin/main.js /usr/local/bin/firsthand
ENV NODE_ENV=production
USER node
VOLUME /app/data/state
EXPOSE 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9464/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Signals reach the program, and what its browser leaves behind is cleared away.
ENTRYPOINT ["tini", "--", "firsthand"]
CMD ["daemon", "--port", "9464"]

FROM slim AS browser
USER root
RUN apt-get update \
  && apt-get install --yes --no-install-recommends chromium fonts-liberation \
  && rm -rf /var/lib/apt/lists/*
# The container is the sandbox: no rights, no root, nothing writable but the record and /tmp.
ENV FIRSTHAND_CHROMIUM=/usr/bin/chromium FIRSTHAND_CHROMIUM_SANDBOX=off
USER node
