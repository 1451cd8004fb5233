# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The pinned Node of the development scripts is not needed here: the image has it.
RUN npm install --no-save --omit=optional --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HABEAS_HOST=0.0.0.0 \
    HABEAS_DATA=/var/lib/habeas \
    HABEAS_MASTER_KEY_FILE=/run/secrets/habeas-master-key
WORKDIR /app
COPY --from=build --chown=root:root /app/package.json /app/LICENSE ./
COPY --from=build --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/dist ./dist
COPY --from=build --chown=root:root /app/bin ./bin
RUN ln -s /app/bin/habeas.js /usr/local/bin/habeas && install -d -o node -g node -m 0700 /var/lib/habeas
USER node
VOLUME /var/lib/habeas
EXPOSE 3000
# Everything it writes lies in the volume, so the root file system can be read-only.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health/ready').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/main.js"]
