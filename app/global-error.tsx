"use client";

import en from "#lib/i18n/messages/en/site.json" with { type: "json" };
import uk from "#lib/i18n/messages/uk/site.json" with { type: "json" };
import "./globals.css";

/**
 * The last resort, when the root layout itself failed: no messages and no fonts can be relied on here, so it says the
 * same in both languages.
 */
export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en" data-theme="dark">
      <body>
        <title>{en.appName}</title>
        <main className="mx-auto flex max-w-md flex-col gap-6 px-6 py-24">
          <h1 className="text-20 font-bold">{en.error.title}</h1>
          <p className="text-15 text-muted">{en.error.text}</p>
          <p lang="uk" className="text-15 text-muted">
            {uk.error.text}
          </p>
          <button
            type="button"
            onClick={reset}
            className="h-9 w-fit rounded-control bg-accent px-3.5 font-medium text-on-accent"
          >
            {en.error.retry} · <span lang="uk">{uk.error.retry}</span>
          </button>
        </main>
      </body>
    </html>
  );
}
