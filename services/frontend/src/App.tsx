import { useEffect, useMemo, useState } from 'react';
import { ApiClient, sessionTokens } from './api/client';
import { Exports } from './exports/Exports';
import { SignIn } from './session/SignIn';
import { Users } from './users/Users';

type Session = 'resuming' | 'signed out' | 'signed in';

export function App() {
  const [session, setSession] = useState<Session>('resuming');
  const client = useMemo(() => new ApiClient(sessionTokens, () => setSession('signed out')), []);

  useEffect(() => {
    client.resume().then(
      (resumed) => setSession(resumed ? 'signed in' : 'signed out'),
      () => setSession('signed out'),
    );
  }, [client]);

  const logout = () => {
    client.logout().catch(() => undefined);
    setSession('signed out');
  };

  return (
    <>
      <header className="bar">
        <span className="brand">
          <img src="/icon.svg" alt="" width="28" height="28" />devkit
        </span>
        {session === 'signed in' && (
          <button type="button" className="quiet" onClick={logout}>
            Log out
          </button>
        )}
      </header>
      <main className="page">
        {session === 'resuming' && <p role="status">One moment …</p>}
        {session === 'signed out' && <SignIn client={client} onSignedIn={() => setSession('signed in')} />}
        {session === 'signed in' && (
          <div className="columns">
            <Users client={client} />
            <Exports client={client} />
          </div>
        )}
      </main>
    </>
  );
}
