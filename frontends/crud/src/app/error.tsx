'use client';

import { ErrorPage } from '@kumiko/ui';

export default ErrorPage;
