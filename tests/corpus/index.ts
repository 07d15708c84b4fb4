import { codecCases } from "#tests/corpus/cases/codecs.ts";
import { containerCases } from "#tests/corpus/cases/containers.ts";
import { damageCases } from "#tests/corpus/cases/damage.ts";
import { pictureCases } from "#tests/corpus/cases/pictures.ts";
import { soundCases } from "#tests/corpus/cases/sounds.ts";
import { timeCases } from "#tests/corpus/cases/times.ts";
import type { CorpusCase, Topic } from "#tests/corpus/corpus-case.ts";

/** Every case, by what it is about. */
export const corpus: readonly { topic: Topic; cases: readonly CorpusCase[] }[] = [
  { topic: "picture", cases: pictureCases },
  { topic: "time", cases: timeCases },
  { topic: "sound", cases: soundCases },
  { topic: "codec", cases: codecCases },
  { topic: "container", cases: containerCases },
  { topic: "damage", cases: damageCases },
];
