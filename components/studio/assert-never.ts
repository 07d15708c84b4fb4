/** Fails the type check when a union gained a member that a switch does not handle. Throws if reached at run time. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected value: ${String(value)}`);
};
