import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";
// Relative: the loader of this file knows no `#lib`.
import { env } from "./lib/env.ts";

/** Headers of every answer but the build's own files; the content security policy of pages holds a nonce and is set in `proxy.ts`. */
const securityHeaders = [
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** Where messages lie, and what next-intl's loader makes of them: their syntax is parsed here, not in every browser. */
const messages = {
  files: /^lib\/i18n\/messages\/.*\.json$/,
  options: { messages: { format: "json", precompile: true } },
};

const config: NextConfig = {
  // A folder of its own for test builds, so that they never break a running site.
  distDir: env().distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by the gate over the whole project; building must not depend on test files.
  typescript: { ignoreBuildErrors: true },
  // No remote picture is ever fetched by the server.
  images: { unoptimized: true, remotePatterns: [] },
  // Loaded by Node itself, once: Turbopack would put a copy of each into the bundle of every single route.
  serverExternalPackages: [
    ...["pino", "postgres", "prom-client", "@tus/server", "next-auth", "@redis/client", "drizzle-orm", "zod", "jose"],
  ],
  // Server code keeps its names, so that a stack trace in the log can be read without maps; those were most of a build.
  // A playback token that opens nothing is answered with 403, by pages too.
  experimental: { serverSourceMaps: false, serverMinification: false, authInterrupts: true },
  turbopack: {
    rules: {
      "*.json": {
        condition: { path: messages.files },
        // The last one is the first.
        loaders: [
          "./lib/i18n/compiled-messages-loader.mjs",
          { loader: "next-intl/extractor/catalogLoader", options: messages.options },
        ],
        as: "*.js",
      },
    },
    // Formats what is compiled, and knows no other messages.
    resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" },
  },
  headers: async () => [
    { source: "/:path*", headers: [{ key: "X-Content-Type-Options", value: "nosniff" }] },
    // They speak of documents; on a score of scripts they would be as much as another script.
    { source: "/((?!_next/static/).*)", headers: securityHeaders },
    // Embeds alone are for other sites' frames; their policy says whose, which this older header cannot.
    { source: "/((?!embed/|_next/static/).*)", headers: [{ key: "X-Frame-Options", value: "DENY" }] },
  ],
};

export default createNextIntlPlugin("./lib/i18n/request.ts")(config);
