import { parentPort } from "node:worker_threads";
import { AppError } from "#lib/errors.ts";
import { SourceRefusal } from "#lib/media/source/source-refusal.ts";
import { answerPrepare, answerRung, answerSegment } from "#lib/packaging/answer-request.ts";
import type { PackagingAnswer, PackagingFault, PackagingRequest } from "#lib/packaging/contract.ts";

// Entry of the packaging thread: container readers run here and nowhere else, so that a hostile file can cost a thread
// but never a process.

const faultOf = (error: unknown): PackagingFault => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (error instanceof AppError && error.code === "not_found") return { code: "not_found", text };
  return { code: error instanceof SourceRefusal ? "unprocessable" : "internal", text };
};

const answer = async (request: PackagingRequest): Promise<PackagingAnswer> => {
  try {
    if (request.what === "prepare") {
      await answerPrepare(request);
      return { prepared: true };
    }
    if (request.what === "rung") return { rung: await answerRung(request) };
    return { bytes: await answerSegment(request) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
};

parentPort?.on("message", async (request: PackagingRequest) => {
  const answered = await answer(request);
  // Handed over, not copied.
  parentPort?.postMessage(answered, "bytes" in answered ? [answered.bytes.buffer] : []);
});
