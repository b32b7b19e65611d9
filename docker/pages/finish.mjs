// finish.mjs FRONTEND FOLDER: prepares the files of a frontend for its server. Compresses each with gzip and zstd (build-static.mjs made the
// .br), and prints the policy of each page in the form of Caddy's `map`.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync, zstdCompressSync, constants } from 'node:zlib';

const [frontend, folder] = process.argv.slice(2);
// The Host sends the same policy for these files.
const pagePolicy = readFileSync(new URL('page-policy.txt', import.meta.url), 'utf8').trim();
const names = readdirSync(folder, { recursive: true }).map((name) => name.split(path.sep).join('/'));

for (const name of names.filter((name) => name.endsWith('.br'))) {
  const file = path.join(folder, name.slice(0, -'.br'.length));
  const content = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  writeFileSync(`${file}.zst`, zstdCompressSync(content, { params: { [constants.ZSTD_c_compressionLevel]: 19 } }));
}

console.log('map {path} {policy} {');
for (const name of names.filter((name) => name.endsWith('.html'))) {
  console.log(`\t"/${frontend}/${name}" "${policy(readFileSync(path.join(folder, name), 'utf8'))}"`);
}
console.log('}');

function policy(page) {
  const scripts = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)];
  const hashes = new Set(scripts.map(([, text]) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`));
  return pagePolicy.replace('{scripts}', [...hashes].join(''));
}
