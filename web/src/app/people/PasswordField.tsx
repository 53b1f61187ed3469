import { useState } from "react";
import { Field, IconButton } from "~/view/kit";

/** A password: hidden until its owner wants to see it; managers may fill it, and it may be pasted. */
export function PasswordField({
  label,
  value,
  onChange,
  fresh = false,
  hint,
  error,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** It is being chosen, not asked for. */
  fresh?: boolean;
  hint?: string;
  error?: string | null;
}) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Field
        label={label}
        type={shown ? "text" : "password"}
        value={value}
        onChange={onChange}
        hint={hint}
        error={error}
        required
        autoComplete={fresh ? "new-password" : "current-password"}
        maxLength={1000}
      />
      <IconButton
        icon={shown ? "eye-off" : "eye"}
        label={shown ? "Hide the password" : "Show the password"}
        size="sm"
        className="absolute! top-7 right-1"
        onClick={() => setShown(!shown)}
      />
    </div>
  );
}
