import { useState } from 'react';
import type { ApiClient } from '../api/client';
import { sentenceOf } from '../api/problem';
import { Field } from '../Field';
import { useSubmit } from '../useSubmit';

interface Properties {
  client: ApiClient;
  onSignedIn: () => void;
}

/** The form that logs in, or makes an account and then logs in. */
export function SignIn({ client, onSignedIn }: Properties) {
  const [registering, setRegistering] = useState(false);
  const { submit, busy, problem, clear } = useSubmit(async (form) => {
    const email = String(form.get('email'));
    const password = String(form.get('password'));
    if (registering) await client.register({ name: String(form.get('name')), email, password });
    await client.login(email, password);
    onSignedIn();
  });

  const title = registering ? 'Create an account' : 'Log in';
  return (
    <section className="card narrow" aria-labelledby="sign-in">
      <h1 id="sign-in">{title}</h1>
      <form onSubmit={submit}>
        {registering && <Field label="Name" name="name" autoComplete="name" />}
        <Field label="Email" name="email" type="email" autoComplete="email" />
        <Field
          label="Password"
          name="password"
          type="password"
          minLength={registering ? 8 : undefined}
          hint={registering ? 'At least 8 characters' : undefined}
          autoComplete={registering ? 'new-password' : 'current-password'}
        />
        {problem !== undefined && <p role="alert">{sentenceOf(problem)}</p>}
        <button type="submit" disabled={busy}>
          {title}
        </button>
      </form>
      <p className="muted">
        {registering ? 'You have an account?' : 'New here?'}{' '}
        <button
          type="button"
          className="link"
          onClick={() => {
            clear();
            setRegistering(!registering);
          }}
        >
          {registering ? 'Log in instead' : 'Create an account instead'}
        </button>
      </p>
    </section>
  );
}
