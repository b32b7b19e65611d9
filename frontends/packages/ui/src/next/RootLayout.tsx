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
export function RootLayout({ children }: { children: ReactNode }) {
  return (
    // What the script sets is not what the build wrote.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: bootScript }} />
      </head>
      <body className="min-h-dvh bg-paper text-ink antialiased">{children}</body>
    </html>
  );
}
