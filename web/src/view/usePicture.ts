import { createContext, useContext } from "react";
import { isKept } from "~/maps/pictures";

/** The address below which the map's pictures are: for members, or for whoever has a share link; "" for nowhere. */
export const PicturesContext = createContext("");

/** Where the picture of a record is; undefined without one that can be shown. */
export function usePicture(image: string | null | undefined): string | undefined {
  return pictureIn(useContext(PicturesContext), image);
}

export function pictureIn(pictures: string, image: string | null | undefined): string | undefined {
  return pictures && isKept(image) ? `${pictures}/${image}` : undefined;
}
