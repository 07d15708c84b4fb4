"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { remember } from "#components/shell/remember.ts";

type Room = {
  /** Whether the player has the whole width. Kept in the cookie `theatre`, so that the page is drawn so at once. */
  theatre: boolean;
  toggleTheatre: () => void;
  transcript: boolean;
  setTranscript: (open: boolean) => void;
};

const RoomContext = createContext<Room | null>(null);

/** The watch page's room, for parts of it that stand far from each other. Throws outside of one. */
export const useWatchRoom = (): Room => {
  const room = useContext(RoomContext);
  if (room === null) throw new Error("a watch room is around the page");
  return room;
};

/**
 * The grid of the watch page: player, what belongs to it below, others beside. In theatre (`data-theatre`) the player takes
 * the width of both columns.
 */
export const WatchRoom = ({ theatre: startsWide, children }: { theatre: boolean; children: ReactNode }) => {
  const [theatre, setTheatre] = useState(startsWide);
  const [transcript, setTranscript] = useState(false);
  const toggleTheatre = useCallback(() => {
    remember("theatre", theatre ? "off" : "on");
    setTheatre(!theatre);
  }, [theatre]);
  const room = useMemo(
    () => ({ theatre, toggleTheatre, transcript, setTranscript }),
    [theatre, toggleTheatre, transcript],
  );
  return (
    <RoomContext value={room}>
      <div
        data-theatre={theatre || undefined}
        className="group/watch grid gap-x-7 pb-12 md:px-6 md:pt-3 lg:grid-cols-[minmax(0,1fr)_340px] lg:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_380px]"
      >
        {children}
      </div>
    </RoomContext>
  );
};
