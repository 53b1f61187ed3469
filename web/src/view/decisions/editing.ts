/** An initiative as its dialog shows it, and what of that was changed. */
import type { InitiativeEdit, InitiativeTold } from "~/contract/api";

export type Fields = ReturnType<typeof fieldsOf>;

/** What stands in the fields; sizes in percentage points where the number is a share. */
export function fieldsOf(one: InitiativeTold, share: boolean) {
  const size = (value: number | null) =>
    value === null ? "" : String(share ? Number((value * 100).toFixed(6)) : value);
  return {
    title: one.title,
    owner: one.owner,
    hypothesis: one.hypothesis,
    expected: size(one.target.expected),
    smallest: size(one.target.smallest),
    startsOn: one.starts_on ?? "",
    endsOn: one.ends_on ?? "",
  };
}

/** Only what was changed here is sent: what others changed meanwhile stays. */
export function changedIn(was: Fields, now: Fields, share: boolean): InitiativeEdit {
  const size = (text: string) => (text.trim() ? Number(text) / (share ? 100 : 1) : null);
  const is = (name: keyof Fields) => now[name] !== was[name];
  const target = {
    ...(is("expected") && { expected: size(now.expected) }),
    ...(is("smallest") && { smallest: size(now.smallest) }),
  };
  return {
    ...(is("title") && { title: now.title }),
    ...(is("owner") && { owner: now.owner }),
    ...(is("hypothesis") && { hypothesis: now.hypothesis }),
    ...(is("startsOn") && { starts_on: now.startsOn || null }),
    ...(is("endsOn") && { ends_on: now.endsOn || null }),
    ...(Object.keys(target).length > 0 && { target }),
  };
}
