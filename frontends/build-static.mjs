import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

// build-static.mjs [FRONTEND...]: builds all of them if none is named.
const frontends = process.argv.length > 2 ? process.argv.slice(2) : ['crud', 'auth'];
for (const frontend of frontends) {
  // A single string, which every shell understands, including those of Windows.
  const { status } = spawnSync(`npm run build --workspace ${frontend}`, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }

  const folder = path.join(frontend, 'out');
  const worker = path.join(frontend, 'worker.mjs');
  if (existsSync(worker)) {
    writeFileSync(
      path.join(folder, 'sw.js'),
      `const build = ${JSON.stringify(whatToKeep(frontend, folder))};\n${readFileSync(worker, 'utf8')}`,
    );
  }

  // Compress as far as possible, which takes too long during a request. Below a kilobyte there is no gain.
  for (const name of readdirSync(folder, { recursive: true })) {
    if (/\.(js|css|html|txt|svg)$/.test(name)) {
      const file = path.join(folder, name);
      const content = readFileSync(file);
      if (content.length > 1024) {
        writeFileSync(`${file}.br`, brotliCompressSync(content));
      }
    }
  }
}

// What the service worker caches: the pages, the data for navigation between them, and their files, by the addresses at which the servers
// have them.
function whatToKeep(frontend, folder) {
  const root = `/${frontend}`;
  const files = readdirSync(folder, { recursive: true })
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => /\.(js|css|html|txt|svg|webmanifest)$/.test(name) && !/^(_not-found|404|robots|sw)\b/.test(name))
    .sort()
    .map((name) => ({
      path: name === 'index.html' ? root : name === 'index.txt' ? `${root}.txt` : `${root}/${name.replace(/\.html$/, '')}`,
      integrity: `sha256-${createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('base64')}`,
    }));
  return { version: createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16), files };
}
