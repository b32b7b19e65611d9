# A file server for one frontend: docker build --file docker/frontend.Dockerfile --build-arg APP=crud --build-arg PORT=3000 .
FROM --platform=$BUILDPLATFORM node:22-alpine AS build
WORKDIR /kumiko
ENV NEXT_TELEMETRY_DISABLED=1
# Copy only the files that name the packages, so that a change in code does not install them again.
COPY frontends/package.json frontends/package-lock.json frontends/.npmrc ./
COPY frontends/packages/api-client/package.json packages/api-client/
COPY frontends/packages/browser/package.json packages/browser/
COPY frontends/packages/ui/package.json packages/ui/
COPY frontends/crud/package.json crud/
COPY frontends/auth/package.json auth/
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --ignore-scripts
COPY frontends/ ./
COPY docker/pages/finish.mjs src/Host/Pages/page-policy.txt ./
ARG APP
RUN node build-static.mjs "$APP" && node finish.mjs "$APP" "$APP/out" >policies

FROM caddy:2.11
LABEL org.opencontainers.image.title="Kumiko frontend" org.opencontainers.image.licenses="MIT"
ARG APP
ARG PORT=3000
ARG REVISION=unknown
LABEL org.opencontainers.image.revision="$REVISION"
COPY docker/pages/Caddyfile /etc/caddy/Caddyfile
COPY --from=build /kumiko/policies /etc/caddy/policies
COPY --from=build /kumiko/${APP}/out /srv/${APP}
# Caddy writes a file of its own on start, although it has nothing to store here.
ENV APP=${APP} PORT=${PORT} XDG_DATA_HOME=/tmp XDG_CONFIG_HOME=/tmp
# An unprivileged user: it reads world-readable files only, and writes nothing.
USER 65532:65532
EXPOSE ${PORT}
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
    CMD wget -q -O /dev/null "http://127.0.0.1:$PORT/$APP/healthz"
