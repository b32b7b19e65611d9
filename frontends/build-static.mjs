import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';

// `KUMIKO_STATIC=1 npm run build` in a way that every shell understands, Windows' too.
const { status } = spawnSync('npm run build', { shell: true, stdio: 'inherit', env: { ...process.env, KUMIKO_STATIC: '1' } });
if (status !== 0) {
  process.exit(status ?? 1);
}

// As small as it gets, which takes too long to do while somebody waits. Below a kilobyte it gains nothing.
for (const folder of ['crud/out', 'auth/out']) {
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
