/** Where one uploads: the studio opens its file chooser when it meets this. */
export const uploadHref = "/studio?upload=1";
