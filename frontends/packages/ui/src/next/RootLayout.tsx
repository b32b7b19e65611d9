import type { Viewport } from 'next';
import type { ReactNode } from 'react';
import { bootScript } from '../boot';

/** The colours of the browser's frame, matching the page in `theme.css`. */
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#15130f' },
  ],
};

/** The document around every page. Sets language and theme before the first paint. */
export function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The boot script changes attributes that the build wrote.
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Both apps are one site, whose icons belong to the board. */}
        <link rel="icon" href="/crud/favicon.ico" sizes="32x32" />
        <link rel="apple-touch-icon" href="/crud/apple-touch-icon.png" />
        <link rel="manifest" href="/crud/manifest.webmanifest" />
        <script dangerouslySetInnerHTML={{ __html: bootScript }} />
      </head>
      <body className="min-h-dvh bg-paper text-ink antialiased">
        <noscript>
          <div className="border-b border-line bg-raised px-4 py-3 text-center text-sm">
            <p>Kumiko needs JavaScript, which is turned off in this browser. Turn it on and reload the page.</p>
            <p lang="ja">Kumiko を使うには JavaScript が必要です。ブラウザーの設定で有効にして、ページを再読み込みしてください。</p>
          </div>
        </noscript>
        {children}
      </body>
    </html>
  );
}
