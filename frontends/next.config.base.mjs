import path from 'node:path';

const isDevelopment = process.env.NODE_ENV === 'development';

/**
 * @param {string} basePath Where the pages live on the site, such as `/crud`.
 * @param {{ path: string, server: string }} sibling The other frontend, and where its development server listens.
 * @returns {import('next').NextConfig}
 */
export function frontend(basePath, sibling) {
  const api = process.env.KUMIKO_API ?? 'http://localhost:5080';
  return {
    basePath,
    turbopack: { root: path.resolve(import.meta.dirname) },
    transpilePackages: ['@kumiko/api-client', '@kumiko/ui'],
    poweredByHeader: false,
    reactStrictMode: true,
    devIndicators: false,
    // A page loads few files: each costs a round trip where HTTP/1.1 is spoken, and the pages of an app have most of their code in common.
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
      : // Files: the pages are the same for everybody, and no server has to make each anew.
        { output: 'export' }),
  };
}
