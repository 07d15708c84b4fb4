import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { defaultTheme, isTheme, themeCookie } from "#components/shell/theme.ts";
import { ToastRegion } from "#components/ui/toast.tsx";
import { TooltipHost } from "#components/ui/tooltip-host.tsx";
import { env } from "#lib/env.ts";
import { clientMessages } from "#lib/i18n/client-messages.ts";
import "./globals.css";

const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
  display: "swap",
});

// Stands before the Latin face in the list and answers for Cyrillic letters only; the Latin face brings the fallback's metrics.
const interCyrillic = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2",
  variable: "--font-inter-cyrillic",
  weight: "100 900",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116" }],
});

const mono = localFont({
  src: "../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-mono-latin",
  weight: "100 800",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
});

/** Titles and the words that other sites show when a page is linked. */
export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("site");
  const { publicUrl } = env();
  return {
    ...(publicUrl === null ? {} : { metadataBase: new URL(publicUrl) }),
    title: { default: t("appName"), template: `%s · ${t("appName")}` },
    description: t("description"),
    applicationName: t("appName"),
    openGraph: { siteName: t("appName"), type: "website" },
    formatDetection: { telephone: false },
  };
};

/** The browser's own chrome takes the ground's colour (bg of both themes, in sRGB: browsers read no OKLCH here). */
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "dark light" };

/** The frame of every page: language, theme (both known to the server, so nothing flashes), fonts, toasts. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar, messages] = await Promise.all([getLocale(), cookies(), clientMessages([])]);
  const chosen = jar.get(themeCookie)?.value;
  return (
    <html
      lang={locale}
      data-theme={isTheme(chosen) ? chosen : defaultTheme}
      className={`${inter.variable} ${interCyrillic.variable} ${mono.variable}`}
    >
      <body>
        <NextIntlClientProvider messages={messages}>
          {children}
          <ToastRegion />
          <TooltipHost />
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
