import type { ComponentProps, ReactNode } from "react";
import { Link } from "wouter";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

export type ButtonKind = "primary" | "plain" | "quiet" | "danger";

const KINDS: Record<ButtonKind, string> = {
  primary: "bg-spruce text-on-spruce hover:bg-spruce-strong disabled:hover:bg-spruce",
  plain: "border border-line bg-raised text-ink hover:border-line-strong hover:bg-sunken",
  quiet: "text-ink-soft hover:bg-sunken hover:text-ink",
  danger: "border border-coral/40 bg-coral-soft text-coral hover:border-coral",
};

const SIZES = { sm: "h-7 px-2.5 text-sm gap-1.5", md: "h-9 px-3.5 text-base gap-2" };

function looks(kind: ButtonKind, size: "sm" | "md", className: string): string {
  return `inline-flex shrink-0 select-none items-center justify-center rounded-md font-medium whitespace-nowrap no-underline transition-colors disabled:opacity-55 aria-disabled:opacity-55 ${KINDS[kind]} ${SIZES[size]} ${className}`;
}

interface Worn {
  kind?: ButtonKind;
  size?: "sm" | "md";
  icon?: IconName;
  children: ReactNode;
}

/** A button with words. `busy`: what it began is not done yet; it cannot be pressed again. */
export function Button({
  kind = "plain",
  size = "md",
  icon,
  busy = false,
  className = "",
  children,
  disabled,
  ...rest
}: Worn & { busy?: boolean } & Omit<ComponentProps<"button">, "children">) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={looks(kind, size, className)}
    >
      {busy ? <Spinner /> : icon && <Icon name={icon} size={size === "sm" ? 15 : 17} />}
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  kind = "plain",
  size = "md",
  icon,
  className = "",
  href,
  children,
}: Worn & { href: string; className?: string }) {
  return (
    <Link href={href} className={looks(kind, size, className)}>
      {icon && <Icon name={icon} size={size === "sm" ? 15 : 17} />}
      {children}
    </Link>
  );
}

/** A button that is only a drawing: its label is read aloud and shown as a tooltip, with the keys that do the same. */
export function IconButton({
  icon,
  label,
  keys,
  size = "md",
  pressed,
  badge,
  className = "",
  ...rest
}: {
  icon: IconName;
  label: string;
  keys?: string;
  size?: "sm" | "md";
  pressed?: boolean;
  badge?: number;
} & Omit<ComponentProps<"button">, "children">) {
  const measure = size === "sm" ? "size-7" : "size-9";
  const lit = pressed ? "bg-spruce-soft text-spruce" : "text-ink-soft hover:bg-sunken hover:text-ink";
  return (
    <button
      type="button"
      aria-label={badge ? `${label} (${badge})` : label}
      aria-pressed={pressed}
      data-tip={keys ? `${label}  ${keys}` : label}
      {...rest}
      className={`relative inline-flex shrink-0 items-center justify-center rounded-md transition-colors disabled:opacity-45 ${measure} ${lit} ${className}`}
    >
      <Icon name={icon} size={size === "sm" ? 16 : 18} />
      {badge ? (
        <span className="absolute -top-0.5 -right-0.5 min-w-4 rounded-full bg-spruce px-1 text-center text-xs font-semibold text-on-spruce">
          {badge}
        </span>
      ) : null}
    </button>
  );
}

export function Spinner({ size = 16 }: { size?: number }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" width={size} height={size} className="shrink-0 animate-spin">
      <circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" strokeWidth="2" opacity="0.25" />
      <path
        d="M10 2.500a7.5 7.5 0 0 1 7.5 7.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
