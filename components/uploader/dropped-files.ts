const filesOf = (entry: FileSystemEntry): Promise<File[]> => {
  if (entry instanceof FileSystemFileEntry) {
    return new Promise((resolve) => {
      entry.file(
        (file) => resolve([file]),
        () => resolve([]),
      );
    });
  }
  return entry instanceof FileSystemDirectoryEntry ? filesInside(entry.createReader()) : Promise.resolve([]);
};

/** A reader gives at most a hundred entries at a time, then an empty list. */
const filesInside = async (reader: FileSystemDirectoryReader): Promise<File[]> => {
  const entries = await new Promise<FileSystemEntry[]>((resolve) => {
    reader.readEntries(resolve, () => resolve([]));
  });
  if (entries.length === 0) return [];
  const files = await Promise.all(entries.map(filesOf));
  return [...files.flat(), ...(await filesInside(reader))];
};

/** The files of a drop, folders opened; what cannot be read is left out. Call it in the event itself: the drop is empty afterwards. */
export const droppedFiles = async (transfer: DataTransfer): Promise<File[]> => {
  const plain = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const files = await Promise.all(entries.map((entry) => (entry === null ? [] : filesOf(entry))));
  // Folders hold much that is no video; hidden files of the system are never meant.
  return files.flat().filter((file) => !file.name.startsWith("."));
};
