import { useState, type FormEvent } from 'react';

/** Runs `act` with a form's values: busy while it runs, and keeps what went wrong. */
export function useSubmit(act: (form: FormData) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(new FormData(form));
      form.reset();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return { submit, busy, problem, clear: () => setProblem(undefined) };
}
