import { beforeAll, describe, expect, it } from "vitest";
import { overrideEnv } from "#lib/env.ts";
import { locales } from "#lib/i18n/locale.ts";
import { composeMail } from "#lib/mail/compose-mail.ts";
import { mailKinds } from "#lib/mail/mail-kinds.ts";
import { mailSamples } from "#tests/factories/mail-samples.ts";

beforeAll(() => overrideEnv({ PUBLIC_URL: "https://videos.example.org" }));

const videoId = "01912345-0000-7000-8000-000000000001";
const ready = (title: string, unsubscribeUrl: string | null = null) =>
  composeMail({
    kind: "video_ready",
    data: { name: "Olena", title, videoId },
    locale: "en",
    unsubscribeUrl,
  });

describe("composeMail", () => {
  it("is tried with a sample of every kind", () => {
    expect(new Set<string>(mailSamples.map(({ kind }) => kind))).toEqual(new Set(Object.keys(mailKinds)));
  });

  it.each(locales)("writes every kind in %s, as text and as HTML", (locale) => {
    for (const sample of mailSamples) {
      const { subject, text, html } = composeMail({ ...sample, locale, unsubscribeUrl: null });
      expect.soft(subject, sample.kind).toMatch(/\S/);
      expect.soft(text, sample.kind).toContain("Kinora");
      expect.soft(html, sample.kind).toContain(`<html lang="${locale}">`);
      expect.soft(`${text}${html}`, sample.kind).not.toMatch(/undefined|\{\w+\}|\[object/);
    }
  });

  it("writes days as people do", () => {
    const compose = (locale: "en" | "uk") =>
      composeMail({
        ...{ kind: "account_leaving", data: { name: "Olena", date: "2026-12-05" } },
        ...{ locale, unsubscribeUrl: null },
      });
    expect(compose("en").subject).toBe("Your account will be deleted on December 5, 2026");
    expect(compose("uk").text).toContain("5 грудня 2026 р. усе буде");
  });

  it("lets no title become markup", () => {
    const { html, text } = ready(`<img src=x onerror="alert(1)"> & 'friends'`);
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;friends&#39;");
    expect(text).toContain(`<img src=x onerror="alert(1)"> & 'friends'`);
  });

  it("keeps a subject on one line, whatever a title holds", () => {
    expect(ready("one\r\nBcc: everyone@example.org\u0000two").subject).toBe("Ready: one Bcc: everyone@example.org two");
  });

  it("shortens a long title in the subject and keeps it whole in the text", () => {
    const title = "Дуже довга назва ".repeat(12).trim();
    const { subject, text } = ready(title);
    expect([...subject].length).toBeLessThan(95);
    expect(subject.endsWith("…")).toBe(true);
    expect(text).toContain(title);
  });

  it("names the place behind a log-in, with the configured address of the site", () => {
    const address = `https://videos.example.org/login?next=%2Fwatch%2F${videoId}`;
    expect(ready("A film").text).toContain(address);
    expect(ready("A film").html).toContain(`href="${address}"`);
  });

  it("offers to switch off only what can be switched off", () => {
    const off = "https://videos.example.org/unsubscribe/abc";
    expect(ready("A film", off).html).toContain(`href="${off}"`);
    expect(ready("A film", off).text).toContain(off);
    expect(ready("A film").text).toContain("cannot be switched off");
  });

  it("fetches nothing from anywhere", () => {
    for (const sample of mailSamples) {
      const { html } = composeMail({ ...sample, locale: "en", unsubscribeUrl: null });
      expect(html).not.toMatch(/<(img|link|script|iframe)|url\(|@import/);
    }
  });
});
