import { randomBytes } from "node:crypto";

/** A sign-up body that nobody used yet. */
export const freshSignUp = (): { email: string; username: string; password: string } => {
  const username = `person-${randomBytes(4).toString("hex")}`;
  return { email: `${username}@example.org`, username, password: "quiet cinema seats" };
};
