# The register as an image. Built in stages, so that what runs holds neither compilers nor what only development needs.
ARG NODE=node:24.21.0-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No dependency needs its install script: the native ones bring their binaries, and SQLite is Node's own.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run --silent build

FROM ${NODE} AS production
WORKDIR /app
COPY package.json package-lock.json ./
COPY scripts/sbom.mjs ./scripts/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm run --silent sbom > sbom.json

FROM ${NODE}
# Nothing is installed at runtime.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* /usr/local/bin/yarn* \
  && mkdir /data && chown 1000:1000 /data
WORKDIR /app
COPY --from=production /app/node_modules ./node_modules
COPY --from=production /app/sbom.json ./sbom.json
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY bin ./bin
COPY scripts/ensure-built.mjs ./scripts/
# Whoever starts it names the provider that signs callers in (OIDC_ISSUER and what goes with it); without one it does not start.
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000 AUTH=oidc
# The image's user `node`, by number: whoever starts it can see that it is not root without looking into it.
USER 1000:1000
# The one place that is written. The root file system may be read-only; the whole check and migrate-store use /tmp.
VOLUME ["/data"]
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 CMD ["node", "-e", "import(process.env.TLS_CERT ? `node:https` : `node:http`).then(({ get }) => get({ host: `127.0.0.1`, port: process.env.PORT, path: `/health/live`, rejectUnauthorized: false }, (answer) => process.exit(answer.statusCode === 200 ? 0 : 1)).on(`error`, () => process.exit(1)))"]
CMD ["node", "dist/main.js"]
