import { spawn } from "node:child_process";

/**
 * Runs ffmpeg or ffprobe for a test: makes clips, or looks at results as a second client. Not confined, because both
 * its input and its arguments are our own. Gives stdout.
 */
export const runTool = (tool: "ffmpeg" | "ffprobe", args: readonly string[]): Promise<Buffer> =>
  new Promise((done, fail) => {
    const prefix = tool === "ffmpeg" ? ["-v", "error", "-nostdin", "-y"] : ["-v", "error"];
    const child = spawn(tool, [...prefix, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (piece: Buffer) => output.push(piece));
    child.stderr.on("data", (piece: Buffer) => {
      errors += piece.toString();
    });
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done(Buffer.concat(output)) : fail(new Error(`${tool}: ${errors}`))));
  });

/** Pictures and sounds that ffmpeg generates. */
export const lavfi = (source: string): string[] => ["-f", "lavfi", "-i", source];
