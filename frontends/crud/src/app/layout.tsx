import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { RootLayout } from '@kumiko/ui/next/layout';
import { Providers } from '../Providers';
import './globals.css';

export const metadata: Metadata = {
  description: 'A board where people write to each other. Read along live, or join in.',
  referrer: 'strict-origin-when-cross-origin',
};

export { viewport } from '@kumiko/ui/next/layout';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout>
      <Providers>{children}</Providers>
    </RootLayout>
  );
}
