"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useRef, useState } from "react";
import { ApiError } from "#lib/api-client/api-error.ts";

/**
 * Sends a form's fields; throws `ApiError` when they were refused. One that gives "again" has more to ask, and the form
 * takes another turn; whatever else it gives means that it is done.
 */
export type SendForm = (values: Record<string, string>) => Promise<unknown>;

/** What an account form shows: an error per field, one for the whole form, and whether it is being sent. */
export type AccountFormState = {
  fields: Readonly<Record<string, string>>;
  problem: string | null;
  busy: boolean;
};

const readForm = (form: HTMLFormElement) =>
  Object.fromEntries(
    [...new FormData(form)].flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
  );

/** The first marked field gets the focus; without one the message over the form does. */
const focusProblem = (form: HTMLFormElement) => {
  const marked = form.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]");
  marked?.focus();
};

/**
 * One way to send an account form. Nothing typed is ever lost: inputs stay uncontrolled and the page is left only after
 * success. `words` may say what a code means here (`unauthenticated` on the login form is a wrong pair).
 */
export const useAccountForm = ({
  send,
  words = {},
  stays = true,
}: {
  send: SendForm;
  words?: Readonly<Record<string, string>>;
  /** Whether it stays busy after success, because the page is left; `false` for forms that are used again. */
  stays?: boolean;
}) => {
  const t = useTranslations("common");
  const form = useRef<HTMLFormElement>(null);
  const [state, setState] = useState<AccountFormState>({ fields: {}, problem: null, busy: false });
  const explain = (error: unknown): AccountFormState => {
    if (!(error instanceof ApiError)) return { fields: {}, problem: t("errors.internal"), busy: false };
    const marked = Object.keys(error.fields).length > 0;
    const minutes = Math.ceil((error.retryAfterSeconds ?? 0) / 60);
    const told =
      words[error.code] ??
      (t.has(`errors.${error.code}`) ? t(`errors.${error.code}`, { minutes }) : t("errors.internal"));
    return { fields: error.fields, problem: marked ? null : told, busy: false };
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.busy) return;
    const sent = event.currentTarget;
    setState({ fields: {}, problem: null, busy: true });
    const done = (said: unknown) => setState({ fields: {}, problem: null, busy: stays && said !== "again" });
    send(readForm(sent)).then(done, (error: unknown) => {
      setState(explain(error));
      requestAnimationFrame(() => focusProblem(sent));
    });
  };
  /** Takes back what was said, when the form asks for something else. */
  const clear = () => setState({ fields: {}, problem: null, busy: false });
  return { state, form, onSubmit, clear };
};
