import { frontend } from '../next.config.base.mjs';

export default frontend('/auth', { path: '/crud', server: 'http://localhost:3000' });
