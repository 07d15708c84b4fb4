import { VideoGridSkeleton } from "#components/video/video-grid-skeleton.tsx";

/** Shown while a list is read. */
export default function Loading() {
  return (
    <div className="py-3 sm:px-4 sm:pr-6 md:pl-2">
      <VideoGridSkeleton />
    </div>
  );
}
