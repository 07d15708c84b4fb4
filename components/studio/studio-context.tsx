"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { DropZone } from "#components/uploader/drop-zone.tsx";
import type { LocalUpload } from "#components/uploader/local-upload.ts";
import type { UploadEngine } from "#components/uploader/upload-engine.ts";
import type { ContinuedUpload, RefusedFile } from "#components/uploader/upload-engine-parts.ts";
import { uploadChannel, uploadSession } from "#components/uploader/upload-session.ts";
import type { VideoDto } from "#lib/videos/dto.ts";
import { type CheckedFiles, checkRoom } from "./check-room.ts";
import { studioApi } from "./studio-api.ts";
import { StudioStore } from "./studio-store.ts";

/** What the studio's parts share. */
export type Studio = {
  store: StudioStore;
  engine: UploadEngine;
  /** Where the account may upload, its own first. */
  channels: readonly StudioChannel[];
  /** Opens the browser's file chooser for new uploads, or for the file that continues `upload`. */
  chooseFiles: (upload?: ContinuedUpload) => void;
  addFiles: (files: readonly File[]) => void;
  /** Files that were not taken, until dismissed. */
  refused: readonly Refusal[];
  dismissRefused: () => void;
};

/** A channel on which the account works; what goes to one that it has not `founded` counts against somebody else. */
export type StudioChannel = VideoDto["channel"] & { founded: boolean };

/** A file that was not taken; `wrong_file` when it was chosen to continue another. */
export type Refusal = RefusedFile | { name: string; reason: "wrong_file" };

const StudioContext = createContext<Studio | null>(null);

/** The studio's shared parts. Throws outside `StudioProvider`. */
export const useStudio = (): Studio => {
  const studio = useContext(StudioContext);
  if (studio === null) throw new Error("useStudio needs a StudioProvider above it");
  return studio;
};

const noUploads: readonly LocalUpload[] = [];

/** The uploads of this page, live. */
export const useUploads = (): readonly LocalUpload[] => {
  const { engine } = useStudio();
  return useSyncExternalStore(engine.subscribe, engine.snapshot, () => noUploads);
};

/** Lists each new upload's video as soon as the server has it, and lets go of uploads whose video has its own poster. */
const useHandover = ({ store, engine }: Pick<Studio, "store" | "engine">) => {
  useEffect(() => {
    const asked = new Set<string>();
    const look = () => {
      const { videos } = store.snapshot();
      for (const { id, videoId, phase } of engine.snapshot()) {
        if (videoId === null) continue;
        if (!asked.has(videoId)) {
          asked.add(videoId);
          // Without an answer the event stream brings the video a little later.
          store.ensure(videoId).catch(() => asked.delete(videoId));
        }
        const video = videos.find((known) => known.id === videoId);
        const done = video?.status === "failed" || (video !== undefined && video.playback.posterUrl !== null);
        if (phase === "sent" && done) engine.forget(id);
      }
    };
    const stops = [engine.subscribe(look), store.subscribe(look)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [store, engine]);
};

/** The chooser itself: one hidden input, as some tools and browsers find only inputs that are in the page. */
const useChooser = ({
  engine,
  channels,
  setRefused,
}: {
  engine: UploadEngine;
  channels: readonly StudioChannel[];
  setRefused: (refused: readonly Refusal[]) => void;
}) => {
  const input = useRef<HTMLInputElement>(null);
  const continued = useRef<ContinuedUpload | null>(null);
  const chooseFiles = useCallback((upload?: ContinuedUpload) => {
    continued.current = upload ?? null;
    if (input.current === null) return;
    input.current.multiple = upload === undefined;
    input.current.click();
  }, []);
  const addFiles = useCallback(
    (files: readonly File[]) => {
      const add = ({ fitting, refused }: CheckedFiles) => setRefused([...engine.add(fitting), ...refused]);
      const chosen = channels.find(({ id }) => id === uploadChannel.snapshot()) ?? channels[0];
      // What is free on somebody else's account is told to nobody: the server decides.
      if (chosen?.founded === false) return add({ fitting: files, refused: [] });
      // The check never fails: without an answer all files fit, and the server decides.
      void checkRoom({ files, isBegun: (file) => engine.isBegun(file) }).then(add);
    },
    [engine, channels, setRefused],
  );
  const onChosen = (files: readonly File[]) => {
    const upload = continued.current;
    continued.current = null;
    if (upload === null) return addFiles(files);
    const wrong = files.slice(0, 1).filter((file) => !engine.continueWith({ file, upload }));
    setRefused(wrong.map(({ name }) => ({ name, reason: "wrong_file" })));
  };
  const element = (
    <input
      ref={input}
      type="file"
      hidden
      multiple
      accept="video/*,audio/*,.mkv,.mxf,.ts,.m2ts,.mts,.avi,.flv,.wmv,.vob,.rmvb,.dv"
      onChange={(event) => {
        onChosen([...(event.target.files ?? [])]);
        // Choosing the same file again shall count as a choice.
        event.target.value = "";
      }}
    />
  );
  return { chooseFiles, addFiles, element };
};

/** Holds the live list of videos and the running uploads for all pages of the studio below it. */
export const StudioProvider = (props: {
  accountId: string;
  channels: readonly StudioChannel[];
  children: ReactNode;
}) => {
  const { accountId, channels, children } = props;
  const [store] = useState(() => new StudioStore(studioApi(accountId)));
  const [engine] = useState(() => uploadSession(accountId));
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  const { chooseFiles, addFiles, element } = useChooser({ engine, channels, setRefused });
  useEffect(() => store.follow(), [store]);
  useEffect(() => uploadChannel.open({ accountId, channelIds: channels.map(({ id }) => id) }), [accountId, channels]);
  useHandover({ store, engine });
  const studio = useMemo(
    () => ({ store, engine, channels, chooseFiles, addFiles, refused, dismissRefused: () => setRefused([]) }),
    [store, engine, channels, chooseFiles, addFiles, refused],
  );
  return (
    <StudioContext value={studio}>
      {children}
      {element}
      <DropZone onFiles={addFiles} />
    </StudioContext>
  );
};
