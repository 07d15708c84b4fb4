"use client";

import dynamic from "next/dynamic";
import { hlsCode } from "#components/player/hls-code.ts";
import type { PlayerProps } from "#components/player/player-props.ts";

// Controls and hls.js come in chunks of their own, only where something plays.
const load = async () => {
  const [{ PlayerStage }] = await Promise.all([import("#components/player/player-stage.tsx"), hlsCode.load()]);
  return PlayerStage;
};

const Stage = dynamic(load, { ssr: false });

/** Fetches the player's script ahead, where a video will play in a moment. */
export const warmPlayer = (): void => {
  // Should it fail, the player itself tries again and says so.
  load().catch(() => undefined);
};

/** A video player that fills its positioned parent, which reserves the room and shows the poster until it is there. */
export const Player = (props: PlayerProps) => <Stage {...props} />;
