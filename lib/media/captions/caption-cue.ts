/**
 * One caption. `text` is a WebVTT payload of our own making: escaped, its only tags `<b>`, `<i>` and `<u>`, balanced, at
 * most a few lines and never an empty one. `settings` say where it stands, as WebVTT writes it (`cueSettings`); absent: where
 * the player puts it. Times are milliseconds from the start of the video.
 */
export type Cue = { startMs: number; endMs: number; text: string; settings?: string };

/** A caption as a parser found it: raw words in the markup of its format, clean settings where that has any. */
export type RawCue = { startMs: number; endMs: number; raw: string; settings?: string };

/** What a parser found. `faultyLines` counts timing lines that it could not read, `firstFaulty` is the first, from 1. */
export type ParsedCues = { cues: RawCue[]; faultyLines: number; firstFaulty: number | null };

/** Whose markup a text is written in. */
export type CaptionFormat = "srt" | "vtt" | "ass";

/** Most captions of one track: ten hours with one every two seconds. */
export const maxCues = 20_000;

/** Latest end of a caption: a hundred hours. */
export const maxCueMs = 360_000_000;
