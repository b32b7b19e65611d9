import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

// build-static.mjs [FRONTEND...]: all of them, if none is named.
const frontends = process.argv.length > 2 ? process.argv.slice(2) : ['crud', 'auth'];
for (const frontend of frontends) {
  // One text, which every shell understands, Windows' too.
  const { status } = spawnSync(`npm run build --workspace ${frontend}`, { shell: true, stdio: 'inherit' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }

  // As small as it gets, which takes too long to do while somebody waits. Below a kilobyte it gains nothing.
  const folder = path.join(frontend, 'out');
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
