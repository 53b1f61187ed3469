import { ICONS, type IconName } from "./icons";

/** Made of dots, which need more ink than lines. */
const DOTS: ReadonlySet<IconName> = new Set(["more", "drag"]);

/** A drawing beside a word, or inside a control that has a label: it says nothing by itself. */
export function Icon({ name, size = 18, className = "" }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={DOTS.has(name) ? 2.6 : size < 16 ? 1.9 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${className}`}
    >
      {ICONS[name].split("|").map((line) => (
        <path key={line} d={line} />
      ))}
    </svg>
  );
}
