import { spawnSync } from 'node:child_process';

// `KUMIKO_STATIC=1 npm run build` in a way that every shell understands, Windows' too.
const { status } = spawnSync('npm run build', { shell: true, stdio: 'inherit', env: { ...process.env, KUMIKO_STATIC: '1' } });
process.exit(status ?? 1);
