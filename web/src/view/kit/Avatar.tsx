import { colourOf } from "~/session/presence";

/** The ground of a person’s colour. */
export const GROUNDS = [
  "bg-who-0",
  "bg-who-1",
  "bg-who-2",
  "bg-who-3",
  "bg-who-4",
  "bg-who-5",
  "bg-who-6",
  "bg-who-7",
] as const;

const SIZES = { xs: "size-5 text-[0.5625rem]", sm: "size-6 text-[0.625rem]", md: "size-8 text-xs" };

/** A person as initials on their colour. The name is its label and its tooltip. */
export function Avatar({
  name,
  id,
  colour,
  size = "md",
  note,
}: {
  name: string;
  id?: string;
  colour?: number;
  size?: keyof typeof SIZES;
  /** What else the tooltip says, such as “on Check in”. */
  note?: string;
}) {
  const own = GROUNDS[(colour ?? colourOf(id ?? name)) % GROUNDS.length];
  return (
    <span
      role="img"
      aria-label={note ? `${name}, ${note}` : name}
      data-tip={note ? `${name}\n${note}` : name}
      className={`inline-flex shrink-0 select-none items-center justify-center rounded-full font-semibold text-on-spruce ${own} ${SIZES[size]}`}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0] ?? "?";
  const last = words.length > 1 ? ([...words.at(-1)!][0] ?? "") : "";
  return (first + last).toUpperCase();
}

/** Several people, one over the edge of the other, and how many more there are. */
export function Avatars({
  people,
  most = 4,
  size = "sm",
}: {
  people: readonly { id: string; name: string; note?: string }[];
  most?: number;
  size?: keyof typeof SIZES;
}) {
  const shown = people.slice(0, people.length > most ? most - 1 : most);
  const rest = people.slice(shown.length);
  return (
    <ul className="flex -space-x-1.5" aria-label="People">
      {shown.map((one) => (
        <li key={one.id} className="rounded-full ring-2 ring-sheet">
          <Avatar {...one} size={size} />
        </li>
      ))}
      {rest.length > 0 && (
        <li
          data-tip={rest.map((one) => one.name).join("\n")}
          className={`inline-flex items-center justify-center rounded-full bg-sunken font-semibold text-ink-soft ring-2 ring-sheet ${SIZES[size]}`}
        >
          <span className="sr-only">{rest.map((one) => one.name).join(", ")}</span>
          <span aria-hidden="true">+{rest.length}</span>
        </li>
      )}
    </ul>
  );
}
