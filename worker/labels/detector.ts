import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as wasm from "@tensorflow/tfjs-backend-wasm";
import { loadGraphModelSync } from "@tensorflow/tfjs-converter";
import { cast, env, type io, setBackend, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { z } from "zod";

// A program of its own (`run-detector.ts` starts and bounds it): raw frames come on stdin, one line of JSON goes to stdout for
// each. It reads its model and its WebAssembly from packages, knows no address, and is given no network.

const side = 512;
const frameBytes = side * side * 3;
/** The model's list of what it saw: rows of left, top, right, bottom, score and kind. */
const output = "tower_0/detections";
/** What is less sure is not even told. */
const leastScore = 0.2;

const modelSchema = z.object({
  format: z.string(),
  signature: z.looseObject({}),
  modelTopology: z.looseObject({}),
  weightsManifest: z.array(
    z.object({ weights: z.array(z.custom<io.WeightsManifestEntry>((value) => value !== null)) }),
  ),
});

const require = createRequire(import.meta.url);

const startBackend = async (): Promise<void> => {
  wasm.setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  // One thread: it shall be the last to ask for a processor, and threads would need rights that it has not.
  env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  if (!(await setBackend("wasm"))) throw new Error("WebAssembly does not start");
};

/** Loads the model from files, handed over in memory: the library itself would fetch them. */
const loadModel = async () => {
  const folder = join(dirname(require.resolve("@vladmandic/human")), "../models");
  const [json, weights] = await Promise.all([
    readFile(join(folder, "centernet.json"), "utf8"),
    readFile(join(folder, "centernet.bin")),
  ]);
  const { weightsManifest, ...model } = modelSchema.parse(JSON.parse(json));
  const weightData = new Uint8Array(weights).buffer;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return loadGraphModelSync({ load: () => ({ ...model, weightSpecs, weightData }) });
};

const rowsSchema = z.array(z.array(z.array(z.number())));

const look = (model: Awaited<ReturnType<typeof loadModel>>, frame: Uint8Array) => {
  const seen = tidy(() => {
    const picture = cast(tensor4d(frame, [1, side, side, 3], "int32"), "float32");
    const found = model.execute(picture, output);
    if (Array.isArray(found)) throw new TypeError("the model has one list of what it saw");
    return rowsSchema.parse(found.arraySync());
  });
  return seen.flat().flatMap(([, , , , score = 0, kind = -1]) => (score >= leastScore ? [{ kind, score }] : []));
};

const tell = (line: unknown): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

const main = async (): Promise<void> => {
  await startBackend();
  const model = await loadModel();
  tell({ ready: true });
  let waiting = Buffer.alloc(0);
  for await (const piece of process.stdin) {
    waiting = Buffer.concat([waiting, piece]);
    for (; waiting.byteLength >= frameBytes; waiting = waiting.subarray(frameBytes)) {
      tell({ seen: look(model, waiting.subarray(0, frameBytes)) });
      // Lets the line go out before the next frame keeps the thread busy: what was told counts when time is up.
      await new Promise((resume) => setImmediate(resume));
    }
  }
};

await main();
