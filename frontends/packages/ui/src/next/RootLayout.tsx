import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import { bootScript } from '../boot';

/** Colours the browser's own frame like the paper in `theme.css`. */
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#15130f' },
  ],
};

/** The document around every page: decides language and theme before anything is painted. */
export async function RootLayout({ children }: { children: ReactNode }) {
  return (
    // What the script sets is not what the server wrote.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={await nonce()} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: bootScript }} />
      </head>
      <body className="min-h-dvh bg-paper text-ink antialiased">{children}</body>
    </html>
  );
}

async function nonce(): Promise<string | undefined> {
  if (process.env.KUMIKO_STATIC === '1') {
    return undefined;
  }
  const { headers } = await import('next/headers');
  return (await headers()).get('x-nonce') ?? undefined;
}
