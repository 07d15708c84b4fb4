/** One finding of the doctor: `bad` needs doing something about, `weak` works but could be better. */
export type Finding = { state: "good" | "weak" | "bad"; what: string; advice?: string };
