import type { SuggestionListDto } from "#lib/search/dto.ts";

type Suggestion = SuggestionListDto["items"][number];

/** How long one waits for the next letter before asking, and for how long answers are good, in milliseconds. */
const restMs = 120;
const goodMs = 60_000;
/** Answers that are kept at most: whoever goes back letter by letter asks nothing again. */
const most = 60;

type Answer = readonly Suggestion[];
/** What a source takes: how to ask (rejects when aborted or refused), and who is told; null: nothing could be learnt. */
export type SuggestionSourceInput = {
  ask: (q: string, signal: AbortSignal) => Promise<Answer>;
  onAnswer: (q: string, answer: Answer | null) => void;
  now?: () => number;
};

const keyOf = (q: string): string => q.trimStart().replaceAll(/\s+/g, " ").toLowerCase();

/** Answers by what was typed, the one used last at the end. */
const answerStore = (now: () => number) => {
  const known = new Map<string, { answer: Answer; until: number }>();
  return {
    get: (key: string): Answer | undefined => {
      const found = known.get(key);
      known.delete(key);
      if (found === undefined || found.until <= now()) return undefined;
      known.set(key, found);
      return found.answer;
    },
    set: (key: string, answer: Answer): void => {
      known.set(key, { answer, until: now() + goodMs });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
};

/**
 * Asks for suggestions while somebody types: after a short rest, one question at a time (the one before is aborted, and its
 * answer is never told), and nothing that is known already. A refusal is told as null: whoever types can still search.
 */
export const suggestionSource = ({ ask, onAnswer, now = Date.now }: SuggestionSourceInput) => {
  const known = answerStore(now);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  const stop = (): void => {
    clearTimeout(waiting);
    asking?.abort();
    asking = undefined;
  };
  const send = async (q: string): Promise<void> => {
    const own = new AbortController();
    asking = own;
    const answer = await ask(q, own.signal).catch(() => null);
    if (own.signal.aborted) return;
    if (answer !== null) known.set(keyOf(q), answer);
    onAnswer(q, answer);
  };
  return {
    type: (q: string): void => {
      stop();
      const key = keyOf(q);
      if (key === "") return;
      const answer = known.get(key);
      if (answer !== undefined) onAnswer(q, answer);
      else waiting = setTimeout(() => void send(q), restMs);
    },
    stop,
  };
};
