"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "#components/ui/toast.tsx";
import type { AvatarDto } from "#lib/accounts/avatar/dto.ts";
import { ApiError } from "#lib/api-client/api-error.ts";
import { fetchAvatar, removeAvatar, sendAvatar } from "#lib/api-client/avatar.ts";

/** What the form of the picture shows. */
export type PictureState = {
  /** Address of what to show: the chosen file until the made picture is there. */
  src: string | null;
  /** What goes on, if anything does. */
  phase: "idle" | "sending" | "making" | "late" | "removing";
  /** Of the sending; null while it cannot be told. */
  percent: number | null;
  /** What went wrong, in words. */
  problem: string | null;
  send: (file: File) => void;
  remove: () => void;
};

const maxBytes = 10 * 1024 * 1024;
/** A making takes a second; a queue that is busy takes longer, and then the page stops asking. */
const asks = 60;
const askEveryMs = 700;

const pause = (signal: AbortSignal) =>
  new Promise<void>((done, fail) => {
    const timer = setTimeout(done, askEveryMs);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason);
    });
  });

/** Asks until the picture is made or refused; the last answer when it takes too long. */
const untilMade = async (first: AvatarDto, signal: AbortSignal): Promise<AvatarDto> => {
  let now = first;
  for (let count = 0; now.making && count < asks; count += 1) {
    await pause(signal);
    now = await fetchAvatar(signal);
  }
  return now;
};

/** What a refusal means here, in words. */
const useExplain = () => {
  const t = useTranslations("avatars");
  const words = useTranslations("common");
  return (error: unknown): string => {
    const code = error instanceof ApiError ? error.code : "internal";
    if (t.has(`refused.${code}`)) return t(`refused.${code}`);
    const minutes = error instanceof ApiError ? Math.ceil((error.retryAfterSeconds ?? 0) / 60) : 0;
    return words.has(`errors.${code}`) ? words(`errors.${code}`, { minutes }) : words("errors.internal");
  };
};

/** An address of the chosen file, as long as the page shows it. */
const usePreview = () => {
  const [preview, setPreview] = useState<string | null>(null);
  useEffect(() => () => (preview === null ? undefined : URL.revokeObjectURL(preview)), [preview]);
  const show = useCallback((file: File | null) => setPreview(file === null ? null : URL.createObjectURL(file)), []);
  return { preview, show };
};

type Work = (signal: AbortSignal) => Promise<AvatarDto>;

/** One thing at a time is done to the picture; what is begun ends what goes on. */
const useWork = (start: AvatarDto) => {
  const router = useRouter();
  const explain = useExplain();
  const { preview, show } = usePreview();
  const [avatar, setAvatar] = useState(start);
  const [phase, setPhase] = useState<PictureState["phase"]>(start.making ? "making" : "idle");
  const [problem, setProblem] = useState(failureText(start));
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const settle = (now: AvatarDto) => {
    setAvatar(now);
    setProblem(failureText(now));
    setPhase(now.making ? "late" : "idle");
    if (!now.making) show(null);
  };
  const perform = async (work: Work, said: string) => {
    running.current?.abort();
    running.current = new AbortController();
    const { signal } = running.current;
    setProblem(null);
    try {
      const now = await work(signal);
      settle(now);
      if (now.making || now.failure !== null) return;
      toast({ title: said });
      router.refresh();
    } catch (error) {
      // The page was left, or something else was begun.
      if (signal.aborted) return;
      show(null);
      setPhase("idle");
      setProblem(explain(error));
    }
  };
  return { src: preview ?? avatar.avatarUrl, phase, problem, show, setPhase, setProblem, perform };
};

/** The picture of the account: sends it, waits until it is made, and has the page drawn anew with it. */
export const useProfilePicture = (start: AvatarDto): PictureState => {
  const t = useTranslations("avatars");
  const { src, phase, problem, show, setPhase, setProblem, perform } = useWork(start);
  const [percent, setPercent] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for a picture that was sent before the page came
  useEffect(() => {
    if (start.making) void perform((signal) => untilMade(start, signal), t("saved"));
  }, []);
  const send = (file: File) => {
    if (file.size > maxBytes) return setProblem(t("refused.too_large"));
    show(file);
    setPhase("sending");
    setPercent(0);
    void perform(async (signal) => {
      const sent = await sendAvatar({ file, onProgress: setPercent, signal });
      setPhase("making");
      return untilMade(sent, signal);
    }, t("saved"));
  };
  const remove = () => {
    setPhase("removing");
    void perform(async () => {
      await removeAvatar();
      return { avatarUrl: null, making: false, failure: null };
    }, t("removed"));
  };
  return { src, phase, percent, problem, send, remove };
};

const failureText = ({ failure }: AvatarDto): string | null =>
  failure === null ? null : `${failure.message} ${failure.hint}`;
