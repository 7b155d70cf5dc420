import { useCallback, useEffect, useState } from 'react';
import type { ApiClient } from '../api/client';
import { sentenceOf } from '../api/problem';
import type { UserList } from '../api/types';
import { Field } from '../Field';
import { useSubmit } from '../useSubmit';

const origin = { hit: 'From the cache', miss: 'From the database' } as const;

/** The platform's users, whether they came from the cache, and a form that adds one. */
export function Users({ client }: { client: ApiClient }) {
  const [list, setList] = useState<UserList>();
  const [problem, setProblem] = useState<unknown>();

  const load = useCallback(
    () =>
      client.users().then((users) => {
        setList(users);
        setProblem(undefined);
      }, setProblem),
    [client],
  );

  useEffect(() => {
    void load();
  }, [load]);

  return (
    <section className="card" aria-labelledby="users">
      <header>
        <h2 id="users">Users</h2>
        {list?.cache && (
          <span className={`badge badge-${list.cache}`} role="status">
            {origin[list.cache]}
          </span>
        )}
        <button type="button" className="quiet" onClick={() => void load()}>
          Load again
        </button>
      </header>
      {problem !== undefined && <p role="alert">{sentenceOf(problem)}</p>}
      {list && <UserTable list={list} />}
      <AddUser client={client} onAdded={load} />
    </section>
  );
}

function UserTable({ list }: { list: UserList }) {
  if (list.users.length === 0) return <p className="muted">Nobody yet.</p>;
  return (
    <table aria-labelledby="users">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Email</th>
        </tr>
      </thead>
      <tbody>
        {list.users.map((user) => (
          <tr key={user.id}>
            <td>{user.name}</td>
            <td>{user.email}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AddUser({ client, onAdded }: { client: ApiClient; onAdded: () => Promise<void> }) {
  const { submit, busy, problem } = useSubmit(async (form) => {
    await client.addUser({ name: String(form.get('name')), email: String(form.get('email')) });
    await onAdded();
  });
  return (
    <form onSubmit={submit} className="row" aria-label="Add a user">
      <Field label="Name" name="name" autoComplete="off" />
      <Field label="Email" name="email" type="email" autoComplete="off" />
      <button type="submit" disabled={busy}>
        Add user
      </button>
      {problem !== undefined && <p role="alert">{sentenceOf(problem)}</p>}
    </form>
  );
}
