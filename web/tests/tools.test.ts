import { describe, expect, it } from "vitest";
import { COMMANDS } from "~/commands/catalog";
import { readBlock, writeBlock } from "~/tools/clipboard";
import { commandFor, type Press, sayKeys } from "~/tools/keys";
import { closeness, has } from "~/tools/search";

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

const named = (pressed: Press, single = true) => commandFor(pressed, COMMANDS, single)?.id;

describe("keys", () => {
  it("mean the character that they make, wherever it stands on the keyboard", () => {
    expect(named(press("?", { shiftKey: true }))).toBe("go.help");
    expect(named(press("+"))).toBe("zoom.in");
    expect(named(press("+", { shiftKey: true }))).toBe("zoom.in");
    expect(named(press("!", { shiftKey: true, code: "Digit1" }))).toBe("zoom.fit");
    expect(named(press("1", { shiftKey: true, code: "Digit1" }))).toBe("zoom.fit");
    expect(named(press("n"))).toBe("card.add");
    expect(named(press("N", { shiftKey: true }))).toBe(undefined);
    expect(named(press("z", { ctrlKey: true }))).toBe("undo");
    expect(named(press("Z", { metaKey: true, shiftKey: true }))).toBe("redo");
    expect(named(press("y", { ctrlKey: true }))).toBe("redo");
    expect(named(press("Backspace"))).toBe("edit.delete");
    expect(named(press("k", { ctrlKey: true, altKey: true }))).toBe(undefined);
  });

  it("of one character can be switched off; the others stay", () => {
    expect(named(press("n"), false)).toBe(undefined);
    expect(named(press("?"), false)).toBe(undefined);
    expect(named(press("d", { ctrlKey: true }), false)).toBe("edit.duplicate");
    expect(named(press("Enter", { shiftKey: true }), false)).toBe("stage.add");
  });

  it("are nobody else's, and avoid what many keyboards cannot make", () => {
    const all = COMMANDS.flatMap((one) => [one.keys, ...(one.also ?? [])]).filter(Boolean);
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((keys) => /[\\[\]/]/.test(keys!))).toEqual([]);
    expect(new Set(COMMANDS.map((one) => one.id)).size).toBe(COMMANDS.length);
  });

  it("are written as this machine's keyboard has them", () => {
    expect([sayKeys("Mod+Shift+Z", false), sayKeys("Mod+Shift+Z", true), sayKeys("+", false)]).toEqual([
      "Ctrl+Shift+Z",
      "⌘⇧Z",
      "+",
    ]);
  });
});

describe("blocks of a spreadsheet", () => {
  it("are read cell by cell, with quotes, lines and empty cells", () => {
    expect(readBlock('a\tb\r\n"two\nlines"\t"say ""no"""\n\n\tlast\n')).toEqual([
      ["a", "b"],
      ["two\nlines", 'say "no"'],
      ["", "last"],
    ]);
    expect(readBlock('5" nails\tthe "best" of all')).toEqual([['5" nails', 'the "best" of all']]);
    expect(readBlock(" \n")).toEqual([]);
  });

  it("are written so that no text becomes a formula, and read back", () => {
    expect(writeBlock([["=1+1", "@x", "-2"]])).toBe("'=1+1\t'@x\t'-2");
    const rows = [
      ["tab\there", "line\nbreak", 'quo"te'],
      ["plain", "", "x"],
    ];
    expect(readBlock(writeBlock(rows))).toEqual(rows);
  });
});

describe("finding", () => {
  it("knows no case and no accents, and wants every word", () => {
    expect([has("Café au lait", "LAIT cafe"), has("Café au lait", "tea"), has("Café", " ")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("puts a title's beginning before its middle", () => {
    expect(["Fit all", "Zoom to fit", "Outfit", "Undo"].map((title) => closeness(title, "fit"))).toEqual([4, 3, 2, 0]);
  });
});
