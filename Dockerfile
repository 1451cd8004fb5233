# The Node of package.json.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS sources
WORKDIR /app
COPY package.json package-lock.json ./

# Below, without the optional packages: they are the Node that development is pinned to, and the image has its own.
# `npm ci` would refuse the lock file, which names those of one platform only.

FROM sources AS packages
RUN --mount=type=cache,target=/root/.npm npm install --no-save --omit=dev --omit=optional --ignore-scripts
# A third of it is there for compilers and debuggers only.
RUN find node_modules -type f -regex '.*\.\(map\|d\.[cm]?ts\)' -delete

FROM sources AS build
RUN --mount=type=cache,target=/root/.npm npm install --no-save --omit=optional --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="habeas" \
      org.opencontainers.image.description="A register of detentions: facts in, status and totals out." \
      org.opencontainers.image.licenses="Apache-2.0"
# A user of its own, with a number that no person on the host has. A new volume takes its owner from these folders.
# No package manager: whoever gets in finds nothing to install more with.
RUN groupadd --gid 10001 habeas \
 && useradd --uid 10001 --gid habeas --no-create-home --home-dir /var/lib/habeas --shell /usr/sbin/nologin habeas \
 && install --directory --owner=habeas --group=habeas --mode=0700 /var/lib/habeas /var/lib/habeas-key /var/lib/habeas-notary /var/lib/habeas-erasures \
 && ln -s /app/bin/habeas.js /usr/local/bin/habeas \
 && rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production \
    HABEAS_HOST=0.0.0.0 \
    HABEAS_DATA=/var/lib/habeas/data \
    HABEAS_MASTER_KEY_FILE=/var/lib/habeas-key/master.key \
    HABEAS_NOTARY_KEY_FILE=/var/lib/habeas-notary/notary.key \
    HABEAS_ERASURE_LIST=/var/lib/habeas-erasures/erasures.ndjson
USER 10001:10001
# All that it writes lies here, the list of erasures and what the notary remembers beside it (and, in development, its keys), so the root file system can be read-only.
# The data are a folder within the volume: a restore puts a whole folder in its place, which a volume itself cannot be.
VOLUME /var/lib/habeas
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HABEAS_PORT || 3000}/health/ready`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
# V8 would give young objects more room than pays: with 100,000 cases that kept 50 to 100 MB more.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=30", "dist/main.js"]
