import type { ReactNode } from 'react';
import { bootScript } from '../boot';

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
