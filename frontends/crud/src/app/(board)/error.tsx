'use client';

import { PageError } from '@kumiko/ui';

export default PageError;
