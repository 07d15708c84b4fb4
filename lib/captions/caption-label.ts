import { languageName } from "#lib/media/captions/caption-language.ts";

/** The label in one line; empty ones become the language's own name, or its tag. */
export const captionLabel = ({ label, language }: { label: string; language: string }): string => {
  const line = label
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
  return line === "" ? (languageName(language) ?? language) : line;
};
