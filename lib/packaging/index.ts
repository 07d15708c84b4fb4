import { AppError } from "#lib/errors.ts";
import type { Probe } from "#lib/media/probe/probe.ts";
import type { SourceRung } from "#lib/media/source/source-rung.ts";
import type { PackagingAnswer, SourceLocation, SourceRungAnswer } from "#lib/packaging/contract.ts";
import { PackagingThread, PackagingThreadLost } from "#lib/packaging/packaging-thread.ts";
import { SharedRequests } from "#lib/packaging/shared-requests.ts";
import { objectStore } from "#lib/storage/index.ts";

export type { SourceLocation, SourceRungAnswer } from "#lib/packaging/contract.ts";

/** An index takes a third of a second, a segment a few hundredths; more is a hostile file or a dead disk. */
const timeoutMs = 20_000;

type Packaging = { thread: PackagingThread; segments: SharedRequests<Uint8Array> };
type PackagingGlobals = { kinoraPackaging?: Packaging };
// Next bundles routes apart; only globalThis is shared between them, and one thread is enough for all.
const globals = globalThis as typeof globalThis & PackagingGlobals;

const packaging = (): Packaging => {
  globals.kinoraPackaging ??= { thread: new PackagingThread({ timeoutMs }), segments: new SharedRequests() };
  return globals.kinoraPackaging;
};

/** Where the thread shall read: a local path wherever the storage has one. */
const locate = async (source: SourceLocation): Promise<SourceLocation> => {
  if ("path" in source) return source;
  const path = await objectStore().localPath(source.key);
  return path === null ? source : { path };
};

const faultOf = (answer: PackagingAnswer): AppError => {
  if (!("fault" in answer)) return new AppError("internal", { context: { reason: "an answer of another kind" } });
  const { code, text } = answer.fault;
  return new AppError(code, { context: { packaging: text } });
};

/**
 * Has the thread read the source's index, to cut it every `targetSeconds`, while the caller still probes it, which takes
 * about as long; `readSourceRung` of the same source then finds it done. Never rejects: what is wrong with the file is the
 * rung's to tell, but for a file that cost the thread, which must not cost it twice: `refused`.
 */
export const prepareSourceRung = async (input: {
  source: SourceLocation;
  targetSeconds: number;
  signal: AbortSignal;
}): Promise<{ refused: string | null }> => {
  const { source, targetSeconds, signal } = input;
  try {
    await packaging().thread.ask({ what: "prepare", source: await locate(source), targetSeconds }, signal);
    return { refused: null };
  } catch (error) {
    return { refused: error instanceof PackagingThreadLost ? error.message : null };
  }
};

/**
 * Reads the source as a rung: whether it can be watched without an encoder, its cuts, sizes and codecs. `refused` says in
 * English why not, for the log; the file then goes the way of the preview lane. Throws `not_found` when the source is
 * not there, and the signal's reason.
 */
export const readSourceRung = async (input: {
  source: SourceLocation;
  probe: Probe;
  targetSeconds: number;
  signal: AbortSignal;
}): Promise<SourceRungAnswer> => {
  const { source, probe, targetSeconds, signal } = input;
  try {
    const request = { what: "rung" as const, source: await locate(source), probe, targetSeconds };
    const answer = await packaging().thread.ask(request, signal);
    if (!("rung" in answer)) throw faultOf(answer);
    return answer.rung;
  } catch (error) {
    // A file that costs the reader its thread is not for the reader.
    if (error instanceof PackagingThreadLost) return { refused: error.message };
    throw error;
  }
};

const segmentOf = async (request: SegmentWish, signal: AbortSignal): Promise<Uint8Array> => {
  const { rung, rendition, index } = request;
  const source = await locate(request.source);
  const track = [rung.video, ...rung.audio].find((candidate) => candidate.rendition === rendition);
  if (track === undefined) throw new AppError("not_found");
  const { reader, zeroSeconds } = rung;
  const picture = { ...rung.video, starts: track === rung.video ? track.starts : [] };
  const slim = { reader, zeroSeconds, video: picture, audio: track === rung.video ? [] : [track] };
  const answer = await packaging().thread.ask({ what: "segment", source, rung: slim, rendition, index }, signal);
  if ("bytes" in answer) return answer.bytes;
  throw faultOf(answer);
};

type SegmentWish = {
  source: SourceLocation;
  rung: Omit<SourceRung, "keep">;
  rendition: string;
  index: number | "init";
};

/**
 * Packages one segment of the source (`index` from 0) or an init segment: the same bytes every time, in every process.
 * Equal requests at one time are answered by one piece of work. Throws `not_found` for renditions and indexes that the
 * rung does not have and for a source that is not there, `unprocessable` when the source is no longer what it was, and
 * the signal's reason.
 */
export const packageSegment = (input: SegmentWish & { signal: AbortSignal }): Promise<Uint8Array> => {
  const { signal, source, rung, rendition, index } = input;
  const track = [rung.video, ...rung.audio].find((candidate) => candidate.rendition === rendition);
  const cut = typeof index === "number" ? [track?.starts[index], track?.starts[index + 1], track?.starts.length] : [];
  const name = JSON.stringify([source, rung.zeroSeconds, rendition, index, track?.codecs, cut]);
  return packaging().segments.join({ name, signal, start: (stop) => segmentOf(input, stop) });
};

/** Starts the packaging thread ahead of the first request, which would wait a tenth of a second for it. */
export const openPackaging = (): void => packaging().thread.open();

/** Ends the packaging thread; called at shutdown. A later request starts a new one. */
export const closePackaging = async (): Promise<void> => {
  const open = globals.kinoraPackaging;
  globals.kinoraPackaging = undefined;
  await open?.thread.close();
};
