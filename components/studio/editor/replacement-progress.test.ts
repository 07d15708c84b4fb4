import { NextIntlClientProvider } from "next-intl";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { UploadPhase } from "#components/uploader/local-upload.ts";
import { idleTransfer } from "#components/uploader/transfer-speed.ts";
import type { UploadProblem } from "#components/uploader/upload-problem.ts";
import studio from "#lib/i18n/messages/en/studio.json" with { type: "json" };
import uploader from "#lib/i18n/messages/en/uploader.json" with { type: "json" };
import { ReplacementProgress } from "./replacement-progress.tsx";
import type { Replacement } from "./use-replacement.ts";

const own = (phase: UploadPhase, problem: UploadProblem | null = null): Replacement["own"] => ({
  ...{ id: "1", videoId: "v", uploadUrl: null, fingerprint: "f", filename: "a.mp4", sizeBytes: 10, title: "A" },
  ...{ visibility: "private", phase, sentBytes: 4, speed: idleTransfer, problem, still: null, addedAtMs: 0 },
});

/** The names of the buttons that are there. */
const buttonsOf = (replacement: Replacement) => {
  const nothing = () => undefined;
  const steps = { onResume: nothing, onChoose: nothing, onCancel: nothing };
  const messages = { studio, uploader, common: { signIn: "Sign in" } };
  const shown = createElement(ReplacementProgress, { replacement, wrongName: null, ...steps });
  const around = { locale: "en", messages, timeZone: "UTC", children: shown };
  const html = renderToStaticMarkup(createElement(NextIntlClientProvider, around));
  return [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, inner = ""]) => inner.replace(/<[^>]*>/g, ""));
};

test("a new file on its way can be called off, gone on with where it stopped, and taken up again", () => {
  expect(buttonsOf({ percent: 40, own: own("sending") })).toEqual(["Cancel upload"]);
  expect(buttonsOf({ percent: 40, own: null })).toEqual(["Choose file", "Cancel upload"]);
  expect(buttonsOf({ percent: 40, own: own("stopped", "no_space") })).toEqual(["Continue", "Cancel upload"]);
  // To begin anew here would make a video of its own instead of a new file for this one.
  expect(buttonsOf({ percent: 40, own: own("stopped", "gone") })).toEqual(["Cancel upload"]);
});
