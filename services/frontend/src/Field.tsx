import { useId, type InputHTMLAttributes } from 'react';

type Properties = InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: string | undefined };

/** A labelled, required input with an optional hint below it. */
export function Field({ label, hint, ...input }: Properties) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} required aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {hint && (
        <small id={`${id}-hint`} className="muted">
          {hint}
        </small>
      )}
    </div>
  );
}
