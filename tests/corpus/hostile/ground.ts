import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MediaFailure } from "#lib/media/failures.ts";
import { encoded, h264, tone } from "#tests/corpus/make-clip.ts";
import { processFile } from "#tests/media/process-file.ts";
import { peakMemory, processesWith } from "#tests/media/processes-with.ts";
import { lavfi } from "#tests/media/run-tool.ts";
import { createFfmpegRunner } from "#worker/ffmpeg.ts";
import { type LimitSettings, limitSettings } from "#worker/process-limits.ts";

/** Words that stand in the secret file, and must stand nowhere else. */
const secretWords = "KINORA-SECRET-7f3a91";

/** How a hostile file ended, and what it cost. */
export type Trial = {
  /** `ready`, or the code of its refusal. */
  outcome: string;
  seconds: number;
  /** Most memory of one of its processes. */
  peakBytes: number;
  /** What it did that it must not do, in words; empty when it stayed inside. */
  trespasses: readonly string[];
};

/** A place where hostile files are let loose, with a secret beside them and a listener that must hear nothing. */
export type Ground = {
  /** Where files are made. */
  folder: string;
  /** A playable file that nothing but its own path leads to. */
  secretPath: string;
  /** An address that counts requests. */
  address: string;
  tryFile: (sourcePath: string) => Promise<Trial>;
  close: () => Promise<void>;
};

/** Time enough for a clip of seconds on a busy machine; what wants more is stopped. */
const limits = (): LimitSettings => ({ ...limitSettings(), timeFactor: 0.15, stallSeconds: 10 });

const openListener = async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end("x");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    requests: () => requests,
    close: () => new Promise((done) => server.close(done)),
  };
};

const listing = async (folder: string): Promise<string> =>
  (await readdir(folder, { recursive: true })).toSorted().join("\n");

/** Names of files below a folder that hold the secret's words. */
const leaks = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(secretWords)) found.push(`the secret stands in ${entry.name}`);
  }
  return found;
};

/** Watches the memory of processes that name a folder, until stopped. */
const watchMemory = (folder: string) => {
  let peakBytes = 0;
  let looking = Promise.resolve();
  const look = async () => {
    for (const id of await processesWith(folder)) peakBytes = Math.max(peakBytes, await peakMemory(id));
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, 400);
  return async () => {
    clearInterval(timer);
    await looking;
    return peakBytes;
  };
};

const outcomeOf = async (input: { sourcePath: string; outDir: string }): Promise<string> => {
  try {
    const { finish } = await processFile({ ...input, runner: createFfmpegRunner({ limits: limits() }) });
    return finish.renditions.length > 0 ? "ready" : "ready without a rendition";
  } catch (error) {
    if (error instanceof MediaFailure) return error.code;
    throw error;
  }
};

/** Makes the ground. `close` removes it. */
export const openGround = async (): Promise<Ground> => {
  const folder = await mkdtemp(join(tmpdir(), "kinora-ground-"));
  const vault = join(folder, "vault");
  const outside = join(folder, "files");
  await Promise.all([mkdir(vault), mkdir(outside)]);
  const secretPath = join(vault, "secret.mp4");
  const tagged = ["-metadata", `title=${secretWords}`, "-metadata", `comment=${secretWords}`];
  await encoded(
    lavfi("color=c=magenta:s=160x90:r=10:d=1"),
    tone(1),
    h264,
    ["-c:a", "aac"],
    tagged,
  )({
    ...{ path: secretPath, folder: vault },
  });
  await writeFile(join(vault, "secret.txt"), secretWords);
  const listener = await openListener();

  const tryFile = async (sourcePath: string): Promise<Trial> => {
    const outDir = await mkdtemp(join(folder, "trial-"));
    const before = { vault: await listing(vault), outside: await listing(outside) };
    const stopWatching = watchMemory(outDir);
    const startedAt = performance.now();
    const outcome = await outcomeOf({ sourcePath, outDir });
    const seconds = (performance.now() - startedAt) / 1000;
    const peakBytes = await stopWatching();
    const trespasses = [
      ...(listener.requests() > 0 ? [`${listener.requests()} requests to the listener`] : []),
      ...((await listing(vault)) === before.vault ? [] : ["it wrote beside the secret"]),
      ...((await listing(outside)) === before.outside ? [] : ["it wrote beside its source"]),
      ...(await leaks(outDir)),
      ...(await processesWith(outDir)).map((id) => `process ${id} was left`),
    ];
    await rm(outDir, { recursive: true, force: true });
    return { outcome, seconds, peakBytes, trespasses };
  };
  return {
    ...{ folder: outside, secretPath, address: listener.address, tryFile },
    close: async () => {
      await listener.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
