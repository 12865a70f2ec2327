# PeerSpark in a container: what `npm run build` makes, and the libraries it loads.
FROM node:26-slim AS build

WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts

COPY bundle ./bundle
COPY config ./config
COPY src ./src
RUN npm run build

FROM node:26-slim

ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app

# Node 26 is the image's own; the optional packages would bring it a second time.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

COPY --from=build /app/dist ./dist
# What stack traces quote.
COPY config ./config
COPY src ./src
COPY LICENSE ./
# For `docker compose exec peerspark npm run doctor` and its like; whether dist/ is current is no question here.
RUN echo 'void import("./dist/main.js");' > start.cjs

RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000

# For a process without the role http, switch it off (docker run --no-healthcheck).
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# The program is process 1 and hears SIGTERM itself; it stops within 10 s.
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.js"]
