import { NotFoundPage } from '@kumiko/ui';

export default NotFoundPage;
