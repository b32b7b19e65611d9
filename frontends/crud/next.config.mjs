import { frontend } from '../next.config.base.mjs';

export default frontend('/crud', { path: '/auth', server: 'http://localhost:3001' });
