import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { RootLayout } from '@kumiko/ui/next/layout';
import { Providers } from '../Providers';
import './globals.css';

export const metadata: Metadata = { title: 'Kumiko', description: 'A board where people write to each other. Read along live, or join in.', referrer: 'strict-origin-when-cross-origin' };

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#15130f' },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout>
      <Providers>{children}</Providers>
    </RootLayout>
  );
}
