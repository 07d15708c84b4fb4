"use client";

import "./globals.css";

/**
 * The last resort, when the root layout itself failed: no messages and no fonts can be relied on here, so it says the
 * same in both languages.
 */
export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <title>Kinora</title>
        <main className="mx-auto flex max-w-md flex-col gap-6 px-6 py-24">
          <h1 className="text-20 font-bold">Kinora cannot show this page right now</h1>
          <p className="text-15 text-muted">
            The server met a fault. Nothing of yours was lost. Try again in a moment.
          </p>
          <p lang="uk" className="text-15 text-muted">
            На сервері сталася помилка. Ваші дані не втрачено. Спробуйте за мить.
          </p>
          <button
            type="button"
            onClick={reset}
            className="h-9 w-fit rounded-control bg-accent px-3.5 font-medium text-on-accent"
          >
            Try again · Спробувати ще раз
          </button>
        </main>
      </body>
    </html>
  );
}
