"use client";

import dynamic from "next/dynamic";
import type { PlayerProps } from "#components/player/player-props.ts";

// Controls and hls.js come in a chunk of their own, only where something plays.
const Stage = dynamic(() => import("#components/player/player-stage.tsx").then((module) => module.PlayerStage), {
  ssr: false,
});

/** A video player that fills its positioned parent, which reserves the room and shows the poster until it is there. */
export const Player = (props: PlayerProps) => <Stage {...props} />;
