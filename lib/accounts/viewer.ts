/** What an account may do at all. */
export type Role = "viewer" | "creator" | "admin";

/** A signed-in caller, checked against the database in this very request. */
export type Account = {
  id: string;
  email: string;
  username: string;
  displayName: string;
  role: Role;
  locale: "en" | "uk" | null;
};

/** Who makes a request: an account or nobody. Every use-case takes it and decides for itself. */
export type Viewer = Account | null;
