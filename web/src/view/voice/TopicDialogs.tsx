import { useState } from "react";
import type { SpokenTopic, VoiceTopics } from "~/contract/api";
import { Field, FormDialog, Select } from "../kit";
import type { Agreeing } from "./useAgreeing";

interface Asked {
  topic: SpokenTopic;
  agree: Agreeing["agree"];
  close: () => void;
}

const SENT = { isPending: false, error: null };

/** What people call a topic from now on. */
export function RenameTopic({ topic, agree, close }: Asked) {
  const [name, setName] = useState(topic.name);
  const [error, setError] = useState("");
  const mutate = () => {
    const said = name.trim();
    if (!said) return setError("A topic needs a name.");
    close();
    if (said !== topic.name) agree(topic.id, { name: said }, `The topic is called “${said}”.`);
  };
  return (
    <FormDialog
      title="Name this topic"
      about="Everybody sees it, also in reports and on the command line."
      does="Name it"
      sending={{ mutate, ...SENT }}
      onClose={close}
    >
      <Field label="Name" value={name} onChange={setName} error={error} maxLength={120} data-first />
    </FormDialog>
  );
}

/** Of which topic it is a part from now on. It can be brought back. */
export function MergeTopic({ topic, told, agree, close }: Asked & { told: VoiceTopics }) {
  const others = told.topics.filter(({ id }) => id !== topic.id).map(({ id, name }) => ({ value: id, title: name }));
  const [into, setInto] = useState(others[0]?.value ?? "");
  const mutate = () => {
    close();
    const name = others.find(({ value }) => value === into)?.title;
    if (name) agree(topic.id, { into }, `“${topic.name}” is a part of “${name}”.`);
  };
  return (
    <FormDialog
      title="Put into another topic"
      about={`What is said of “${topic.name}” counts for the other one. You can bring it back.`}
      does="Put together"
      sending={{ mutate, ...SENT }}
      onClose={close}
    >
      <Select label="Into" value={into} options={others} onChange={setInto} />
    </FormDialog>
  );
}
