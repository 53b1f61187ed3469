import { useId } from "react";
import { Chip, Icon } from "~/view/kit";
import type { Kind } from "./kinds";

interface Props {
  title: string;
  about: string;
  kinds: readonly Kind[];
  chosen: Kind | undefined;
  choose: (id: string) => void;
}

/** Kinds of files, one of which is chosen. */
export function FileKinds({ title, about, kinds, chosen, choose }: Props) {
  const id = useId();
  if (!kinds.length) return null;
  return (
    <section className="px-2 pt-4">
      <h3 id={id} className="px-3 text-sm font-semibold">
        {title}
      </h3>
      <p className="px-3 text-sm text-ink-soft">{about}</p>
      <div role="radiogroup" aria-labelledby={id} className="mt-1 flex flex-col gap-0.5">
        {kinds.map((one) => (
          <label
            key={one.id}
            className="flex cursor-pointer gap-3 rounded-lg px-3 py-2 has-checked:bg-spruce-soft has-focus-visible:outline-2 has-focus-visible:outline-focus hover:bg-sunken has-checked:hover:bg-spruce-soft"
          >
            <input
              type="radio"
              name="format"
              className="sr-only"
              checked={one.id === chosen?.id}
              onChange={() => choose(one.id)}
            />
            <Icon name={one.icon} size={20} className="mt-0.5 text-spruce" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2 font-medium">
                {one.title}
                {one.loses.length === 0 && (
                  <Chip tone="leaf" icon="check">
                    everything
                  </Chip>
                )}
              </span>
              <span className="block text-sm text-ink-soft">{one.says}</span>
            </span>
          </label>
        ))}
      </div>
    </section>
  );
}
