'use client';

import { useTexts } from '@kumiko/ui';
import { CircleAlert } from 'lucide-react';
import { messages } from '../messages';
import { useObstacle } from './useObstacle';

/** Says why signing in can't work here and what to do about it, instead of letting people sign in and be signed out by the next page. */
export function Obstacle() {
  const texts = useTexts(messages);
  const kind = useObstacle();
  if (kind === null) {
    return null;
  }
  const { host, port } = window.location;
  return (
    <p role="alert" className="flex gap-2.5 rounded-md bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
      <CircleAlert aria-hidden="true" className="mt-1 size-4 shrink-0" />
      {kind === 'cookies' ? texts.obstacles.cookies(host) : texts.obstacles.plain(`http://localhost${port === '' ? '' : `:${port}`}`)}
    </p>
  );
}
