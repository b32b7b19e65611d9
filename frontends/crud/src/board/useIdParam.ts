'use client';

import { useSearchParams } from 'next/navigation';

/** The number in `?id=`; null for anything else. */
export function useIdParam(): number | null {
  const text = useSearchParams().get('id') ?? '';
  const id = /^[1-9]\d*$/.test(text) ? Number(text) : null;
  return id !== null && Number.isSafeInteger(id) ? id : null;
}
