import { lavfi, runTool } from "#tests/media/run-tool.ts";

/** Inputs of a clip that flashes white for two frames and beeps at every full second, on a moving, cutting picture. */
export const flashAndBeep = (input: { size: string; rate: string; seconds: number }): string[] => [
  ...lavfi(
    `testsrc2=s=${input.size}:r=${input.rate}:d=${input.seconds},hue=H=if(lt(mod(t\\,5)\\,2.5)\\,0\\,2),eq=brightness=-0.3,` +
      `drawbox=c=white:t=fill:enable=lt(mod(t+0.001\\,1)\\,0.06)`,
  ),
  ...lavfi(`aevalsrc=if(lt(mod(t\\,1)\\,0.06)\\,0.8*sin(2*PI*1000*t)\\,0):s=48000:d=${input.seconds}`),
];

/**
 * Seconds of the first frame of each flash, counted from the first presented frame. ffmpeg shows a stream with negative
 * composition offsets as starting late by the reorder delay; browsers do not, so the first frame is the reference.
 */
export const flashTimes = async (path: string): Promise<number[]> => {
  const filter = "scale=16:16,signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=-";
  const text = (await runTool("ffmpeg", ["-i", path, "-an", "-vf", filter, "-f", "null", "-"])).toString();
  const frames = [...text.matchAll(/pts_time:([\d.-]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/g)].map(
    ([, time, light]) => ({
      time: Number(time),
      bright: Number(light) > 200,
    }),
  );
  const first = frames[0]?.time ?? 0;
  return frames.filter((frame, index) => frame.bright && !frames[index - 1]?.bright).map(({ time }) => time - first);
};

/** Seconds at which each beep begins, counted from the first sample. */
export const beepTimes = async (path: string): Promise<number[]> => {
  const rate = 48_000;
  const pcm = await runTool("ffmpeg", ["-i", path, "-vn", "-ac", "1", "-ar", String(rate), "-f", "s16le", "-"]);
  const times: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (let at = 0; at + 1 < pcm.byteLength; at += 2) {
    const seconds = at / 2 / rate;
    if (Math.abs(pcm.readInt16LE(at)) < 6_000) continue;
    // A beep begins after a fifth of a second of quiet.
    if (seconds - lastLoud > 0.2) times.push(seconds);
    lastLoud = seconds;
  }
  return times;
};
