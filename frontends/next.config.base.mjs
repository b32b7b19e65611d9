import path from 'node:path';

const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * @param {string} basePath The path of the pages on the site, such as `/crud`.
 * @param {{ path: string, server: string }} sibling The other frontend, and the address of its development server.
 * @returns {import('next').NextConfig}
 */
export function frontend(basePath, sibling) {
  const api = process.env.KUMIKO_API ?? 'http://localhost:5080';
  return {
    basePath,
    turbopack: { root: path.resolve(import.meta.dirname) },
    transpilePackages: ['@kumiko/api-client', '@kumiko/browser', '@kumiko/ui'],
    poweredByHeader: false,
    reactStrictMode: true,
    devIndicators: false,
    // A page loads few files: each costs a round trip with HTTP/1.1, and the pages of an app share most of their code.
    experimental: {
      turbopackChunking: { firstPageLoadPriority: 1, requestCost: 5_000_000, minChunkSize: 1_000_000, maxMergeChunkSize: 10_000_000 },
    },
    images: { unoptimized: true },
    ...(isDevelopment
      ? {
          rewrites: () =>
            Promise.resolve([
              { source: '/api/:path*', destination: `${api}/api/:path*`, basePath: false },
              { source: `${sibling.path}/:path*`, destination: `${sibling.server}${sibling.path}/:path*`, basePath: false },
            ]),
        }
      : // Files: the pages are the same for everybody, so no server has to render them.
        { output: 'export' }),
  };
}
