/** One line of the list of operations. */
export type OperationLine = { id: string; method: string; path: string; summary: string };

/** An area of the API with its operations. */
export type AreaLine = { slug: string; name: string; description: string; operations: readonly OperationLine[] };

/** A field of a body, with the fields of its objects. */
export type FieldTree = {
  name: string;
  type: string;
  required: boolean;
  description: string | null;
  limits: readonly string[];
  fields: readonly FieldTree[];
};

/** A body of one content type; `type` is null for what is no JSON. */
export type ShownBody = {
  contentType: string;
  type: string | null;
  fields: readonly FieldTree[];
  example: string | null;
};

/** Who may call an operation. */
export type ShownAccess =
  | { kind: "anyone" | "anyoneOrKnown" | "session" }
  | { kind: "scope" | "scopeOrAnyone"; scope: string };

/** Everything a page says of one operation. */
export type ShownOperation = OperationLine & {
  description: string | null;
  access: ShownAccess;
  parameters: readonly {
    name: string;
    place: "path" | "query" | "header";
    required: boolean;
    type: string;
    limits: readonly string[];
    description: string | null;
  }[];
  bodies: readonly ShownBody[];
  answers: readonly {
    status: string;
    description: string;
    bodies: readonly ShownBody[];
    headers: readonly { name: string; text: string }[];
  }[];
  faults: readonly { status: string; codes: readonly string[] }[];
  curl: string;
  fetch: string;
};
