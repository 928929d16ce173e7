# Groupwatch in a container: no build, no compiler, not root, and nothing to write to but /data and /tmp.
#
#   docker build -t groupwatch .
#   docker run --init --read-only --tmpfs /tmp -v groupwatch:/data --env-file .env groupwatch
#
# It was never built or run by whoever wrote it, for want of a container engine; the CI's job `image` does both. A test
# holds the version of Node, the command and the files against package.json.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No package has to run anything to be installed: better-sqlite3 brings its binary.
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 HTTP_PORT=8080 DATABASE_URL=file:/data/groupwatch.db
WORKDIR /app
# What nothing here starts is nothing that an intruder can.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /opt/yarn-* \
  && install -d -o node -g node /data
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY src src
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--optimize-for-size", "src/main.ts"]
