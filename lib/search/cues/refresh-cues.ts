import { db, transaction } from "#lib/db/client.ts";
import { type CueLine, listUnreadCaptions, replaceCues } from "#lib/db/queries/search/cues.ts";
import { lockIndex } from "#lib/db/queries/search/lexicon.ts";
import { log } from "#lib/log.ts";
import { splitWords } from "#lib/search/analysis/split-words.ts";
import { stemWord } from "#lib/search/analysis/stem-word.ts";
import { readCueLines } from "#lib/search/cues/read-cue-lines.ts";
import { numberLexicon } from "#lib/search/postgres/number-lexicon.ts";

const wordsOf = (text: string): string[] =>
  splitWords(text).flatMap(({ word, joined }) => (joined === null ? [word] : [word, joined]));

/** Stores the lines of a text track with the numbers of their stems. */
const storeLines = (input: { captionId: string; key: string; lines: readonly CueLine[] }): Promise<boolean> =>
  transaction(async (tx) => {
    const { captionId, key, lines } = input;
    await lockIndex(tx);
    const words = new Map<string, string>();
    const ofLines = lines.map((line) => wordsOf(line.text));
    for (const word of ofLines.flat()) if (!words.has(word)) words.set(word, stemWord(word));
    const { stems } = await numberLexicon(tx, words);
    const stemIds = (line: readonly string[]) =>
      [...new Set(line.flatMap((word) => stems.get(words.get(word) ?? "") ?? []))].toSorted((a, b) => a - b);
    return replaceCues(tx, {
      captionId,
      key,
      lines: lines.map((line, at) => ({ ...line, stems: stemIds(ofLines[at] ?? []) })),
    });
  });

/**
 * Brings the table of cues up to the present files of these videos' text tracks. Read once and again: a file that is there
 * no more has no lines, which is logged.
 */
export const refreshCues = async ({
  videoIds,
  signal,
}: {
  videoIds: readonly string[];
  signal: AbortSignal;
}): Promise<void> => {
  for (const { id: captionId, key } of await listUnreadCaptions(db(), videoIds)) {
    signal.throwIfAborted();
    const lines = await readCueLines({ key, signal });
    if (lines === null) {
      log().warn({ "event.action": "search.caption_missing", captionId }, "a caption's file is not in the storage");
    }
    await storeLines({ captionId, key, lines: lines ?? [] });
  }
};
