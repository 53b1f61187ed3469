/** Keys: which command a key press means, by the character that it makes, and how keys are written for people. */
import type { Command } from "~/commands/command";

const APPLE = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const HOME = "desireline.single-keys";

export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The command that these keys mean. Commands on a single character are left out when people switched them off. */
export function commandFor(press: Press, commands: readonly Command[], single = singleKeys()): Command | undefined {
  return commands.find((one) =>
    [one.keys, ...(one.also ?? [])].some((keys) => keys && matches(press, keys) && (single || !isSingle(keys))),
  );
}

export function matches(press: Press, keys: string): boolean {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  const wanted = parts.at(-1)!;
  const mod = parts.includes("Mod");
  if ((press.ctrlKey || press.metaKey) !== mod || press.altKey) return false;
  const shift = parts.includes("Shift");
  if (/^\d$/.test(wanted)) return press.shiftKey === shift && isDigit(press, wanted);
  const isSign = wanted.length === 1 && wanted.toLowerCase() === wanted.toUpperCase();
  if (!isSign && press.shiftKey !== shift) return false;
  return same(press.key, wanted);
}

/** By the key's place, for on some keyboards digits are made with Shift and on some without. */
function isDigit(press: Press, digit: string): boolean {
  return press.code ? press.code === `Digit${digit}` || press.code === `Numpad${digit}` : press.key === digit;
}

function same(key: string, wanted: string): boolean {
  if (key.toLowerCase() === wanted.toLowerCase()) return true;
  return (wanted === "Delete" && key === "Backspace") || (wanted === "+" && key === "=");
}

/** A bare character, which people who speak to their computer press by accident (WCAG 2.1.4). */
function isSingle(keys: string): boolean {
  return keys.length === 1;
}

/** "Mod+Shift+Z" as this machine's keyboard has it. */
export function sayKeys(keys: string, apple = APPLE): string {
  if (keys === "+") return "+";
  const words: Record<string, string> = {
    Mod: apple ? "⌘" : "Ctrl",
    Shift: apple ? "⇧" : "Shift",
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Escape: "Esc",
    Delete: apple ? "⌫" : "Del",
  };
  return keys
    .split("+")
    .map((part) => words[part] ?? part)
    .join(apple ? "" : "+");
}

/** Whether single characters are commands in this browser. */
export function singleKeys(): boolean {
  try {
    return localStorage.getItem(HOME) !== "off";
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(HOME, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing has them on each time.
  }
}
