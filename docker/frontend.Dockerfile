# A frontend's own server: docker build --file docker/frontend.Dockerfile --build-arg APP=crud --build-arg PORT=3000 .
FROM --platform=$BUILDPLATFORM node:22-alpine AS build
WORKDIR /kumiko
ENV NEXT_TELEMETRY_DISABLED=1
# Only what names the packages, and so a change in code does not install them again.
COPY frontends/package.json frontends/package-lock.json frontends/.npmrc ./
COPY frontends/packages/api-client/package.json packages/api-client/
COPY frontends/packages/ui/package.json packages/ui/
COPY frontends/crud/package.json crud/
COPY frontends/auth/package.json auth/
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --ignore-scripts
COPY frontends/ ./
ARG APP
RUN npm run build --workspace "$APP" \
    && mv "$APP/.next/static" "$APP/.next/standalone/$APP/.next/static"

FROM node:22-alpine
LABEL org.opencontainers.image.title="Kumiko frontend" org.opencontainers.image.licenses="MIT"
ARG APP
ARG PORT=3000
ARG REVISION=unknown
LABEL org.opencontainers.image.revision="$REVISION"
WORKDIR /app
COPY --from=build /kumiko/${APP}/.next/standalone ./
WORKDIR /app/${APP}
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 APP=${APP} PORT=${PORT} HOSTNAME=0.0.0.0
USER node
EXPOSE ${PORT}
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
    CMD wget -q -O /dev/null "http://127.0.0.1:$PORT/$APP/healthz"
CMD ["node", "server.js"]
