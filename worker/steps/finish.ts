import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plan } from "#lib/media/plan/plan.ts";
import { finishedRenditions, finishRun } from "#lib/media/playlists/finish-run.ts";
import { assetsResultSchema, partsResultSchema, posterResultSchema } from "#lib/media/playlists/rendition-parts.ts";
import {
  initKey,
  mediaPlaylistKey,
  multivariantKey,
  plannedPlaylistName,
  posterKey,
  runPrefix,
  segmentName,
  thumbnailKey,
} from "#lib/storage/keys.ts";
import { requirePlan } from "./require-plan.ts";
import type { StepContext, StepHandler } from "./step.ts";

const publishedOf = async (context: StepContext, plan: Plan) =>
  (await Promise.all(finishedRenditions(plan).map((rendition) => context.published(rendition)))).flat();

/** The cover that an encode drew, when there is one. */
const drawnPosterOf = ({ results }: StepContext) =>
  results.flatMap(({ result }) => {
    const made = partsResultSchema.safeParse(result);
    return made.success && made.data.poster !== null ? [made.data.poster] : [];
  })[0] ?? null;

const posterOf = ({ results }: StepContext) => {
  const found = results.find(({ kind }) => kind === "poster");
  return found === undefined ? null : posterResultSchema.parse(found.result).poster;
};

/**
 * The plan as it turned out: a source that did not decode cleanly would stutter or stop in browsers, so encoded rungs take its
 * place, as far as there are any.
 */
const withoutDamagedSource = (plan: Plan, { results }: StepContext): Plan => {
  const { source, rungs } = plan;
  if (source === null || rungs.length === 0) return plan;
  const faults = results.map(({ result }) => partsResultSchema.safeParse(result).data?.decodeFaults ?? 0);
  return faults.some((count) => count > 0) ? { ...plan, source: { ...source, keep: false } } : plan;
};

/** What the steps beside the renditions stored; a failed one left nothing. */
const assetsOf = ({ results }: StepContext) =>
  results
    .filter(({ kind }) => kind === "poster" || kind === "stills" || kind === "text")
    .flatMap(({ result }) => assetsResultSchema.safeParse(result).data?.assets ?? []);

/** Joins what the other steps measured, writes the playlists, and sums up the run. Reads no media. */
export const finishStep: StepHandler = async (context) => {
  const run = { videoId: context.run.videoId, runId: context.run.id };
  const prefix = runPrefix(run);
  const plan = withoutDamagedSource(requirePlan(context), context);
  const relative = (key: string) => key.slice(prefix.length);
  const { playlists, result } = finishRun({
    plan,
    parts: await publishedOf(context, plan),
    poster: posterOf(context) ?? drawnPosterOf(context),
    names: {
      prefix,
      multivariant: relative(multivariantKey(run)),
      poster: posterKey(run),
      thumbnail: (width) => thumbnailKey({ posterKey: posterKey(run), width }),
      playlist: (rendition) => relative(mediaPlaylistKey({ ...run, rendition })),
      // Addresses inside a media playlist are relative to its own folder.
      init: (rendition) => initKey({ ...run, rendition }).slice(`${prefix}${rendition}/`.length),
      segment: segmentName,
    },
  });
  const whole = playlists.find(({ name }) => name === relative(multivariantKey(run)));
  // Players that began while the run went on ask for what was planned; by now that is what there is.
  const all = whole === undefined ? playlists : [...playlists, { name: plannedPlaylistName, text: whole.text }];
  const files = all.map(({ name, text }) => ({ path: join(context.scratchDir, name), key: `${prefix}${name}`, text }));
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const summed = { ...result, assets: [...result.assets, ...assetsOf(context)] };
  return { result: summed, files: files.map(({ path, key }) => ({ path, key })) };
};
