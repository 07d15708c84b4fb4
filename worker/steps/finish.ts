import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { finishRun } from "#lib/media/finish-run.ts";
import { partsResultSchema, posterResultSchema } from "#lib/media/rendition-parts.ts";
import { initKey, mediaPlaylistKey, multivariantKey, posterKey, runPrefix, segmentName } from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";

const partsOf = ({ results }: StepContext) =>
  results
    .filter(({ kind }) => kind === "encode" || kind === "audio")
    .map(({ result }) => partsResultSchema.parse(result));

const posterOf = ({ results }: StepContext) => {
  const found = results.find(({ kind }) => kind === "poster");
  return found === undefined ? null : posterResultSchema.parse(found.result).poster;
};

/** Joins what the other steps measured, writes the playlists, and sums up the run. Reads no media. */
export const finishStep: StepHandler = async (context) => {
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const prefix = runPrefix(run);
  const results = partsOf(context);
  const relative = (key: string) => key.slice(prefix.length);
  const { playlists, result } = finishRun({
    plan: requirePlan(context),
    parts: results.flatMap(({ parts }) => parts),
    poster: posterOf(context) ?? results.find(({ poster }) => poster !== null)?.poster ?? null,
    names: {
      prefix,
      multivariant: relative(multivariantKey(run)),
      poster: posterKey(run),
      playlist: (rendition) => relative(mediaPlaylistKey({ ...run, rendition })),
      // Addresses inside a media playlist are relative to its own folder.
      init: (rendition) => initKey({ ...run, rendition }).slice(`${prefix}${rendition}/`.length),
      segment: segmentName,
    },
  });
  const files = playlists.map(({ name, text }) => ({
    path: join(context.scratchDir, name),
    key: `${prefix}${name}`,
    text,
  }));
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return { result, files: files.map(({ path, key }) => ({ path, key })) };
};
