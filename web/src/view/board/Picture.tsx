import { usePicture } from "../usePicture";

/** The picture of a storyboard, above the words of its card. */
export function Picture({ image }: { image: string | null | undefined }) {
  const address = usePicture(image);
  if (!address) return null;
  return (
    <img
      src={address}
      alt=""
      loading="lazy"
      draggable={false}
      className="board-picture mb-1.5 block h-24 w-full rounded-md bg-sunken object-cover"
    />
  );
}
