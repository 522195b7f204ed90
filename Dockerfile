# Douane with a PostgreSQL of yours: no embedded server, no developer's tools, nobody's shell.
#
#   docker build -t douane .
#   docker run --init --read-only --tmpfs /tmp -v douane:/srv/douane -e DATABASE_URL=postgres://… -e DOUANE_REGION=FR douane
#
# Settings, policies and secrets live in the volume /srv/douane: run `init` in it once. Without TLS both planes listen on
# the container's own loopback; see README, Running it for real.

FROM node:24-bookworm-slim AS packages
WORKDIR /opt/douane
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-bookworm-slim
RUN groupadd --system --gid 10001 douane \
  && useradd --system --uid 10001 --gid douane --home-dir /srv/douane --shell /usr/sbin/nologin douane \
  && install --directory --owner=douane --group=douane --mode=0700 /srv/douane
ENV NODE_ENV=production DOUANE_HOME=/srv/douane
WORKDIR /opt/douane
COPY --from=packages /opt/douane/node_modules node_modules
COPY package.json openapi.yaml LICENSE NOTICE.md ./
COPY bin bin
COPY policies policies
COPY src src
# Compiled once, here: the root is read-only where it runs.
RUN node src/main.ts --version
USER 10001:10001
VOLUME /srv/douane
EXPOSE 8080 8081
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["node", "bin/healthcheck.cjs"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "src/main.ts"]
CMD ["serve"]
