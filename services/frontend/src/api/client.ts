import { readEvents } from './events';
import { Problem, readProblem } from './problem';
import { isFinished, type Job, type NewUser, type Tokens, type User, type UserList } from './types';

/** Where the refresh token outlives a reload of the page. */
export interface TokenStore {
  read(): string | null;
  write(token: string | null): void;
}

/** Of this tab only: another tab, and the next visit, log in for themselves. */
export const sessionTokens: TokenStore = {
  read: () => sessionStorage.getItem('refresh_token'),
  write: (token) => {
    if (token === null) sessionStorage.removeItem('refresh_token');
    else sessionStorage.setItem('refresh_token', token);
  },
};

/** Talks to the API. The access token is held in memory only, and renewed when it has expired. */
export class ApiClient {
  private accessToken: string | null = null;
  private renewal: Promise<boolean> | null = null;
  private readonly tokens: TokenStore;
  private readonly onSignedOut: () => void;

  constructor(tokens: TokenStore, onSignedOut: () => void) {
    this.tokens = tokens;
    this.onSignedOut = onSignedOut;
  }

  async register(account: NewUser & { password: string }): Promise<void> {
    await this.send('/auth/register', { method: 'POST', body: JSON.stringify(account) });
  }

  async login(email: string, password: string): Promise<void> {
    const body = JSON.stringify({ email, password });
    const response = await this.send('/auth/login', { method: 'POST', body });
    this.keep((await response.json()) as Tokens);
  }

  /** Continues the session of before a reload; false when there is none. */
  async resume(): Promise<boolean> {
    return this.tokens.read() !== null && (await this.renew());
  }

  async logout(): Promise<void> {
    const refresh_token = this.tokens.read();
    const body = JSON.stringify({ refresh_token });
    try {
      await this.sendSignedIn('/auth/logout', { method: 'POST', body });
    } finally {
      this.forget();
    }
  }

  async users(): Promise<UserList> {
    const response = await this.sendSignedIn('/users');
    const users = (await response.json()) as User[];
    const cache = response.headers.get('x-cache')?.toLowerCase();
    return cache === 'hit' || cache === 'miss' ? { users, cache } : { users };
  }

  async addUser(user: NewUser): Promise<void> {
    await this.sendSignedIn('/users', { method: 'POST', body: JSON.stringify(user) });
  }

  async startExport(): Promise<Job> {
    const response = await this.sendSignedIn('/export', { method: 'POST', body: '{}' });
    return (await response.json()) as Job;
  }

  async downloadExport(id: string): Promise<Blob> {
    return await (await this.sendSignedIn(`/exports/${encodeURIComponent(id)}`)).blob();
  }

  /** Follows a job until it has finished, over a lost connection too. */
  async *followJob(id: string, signal: AbortSignal): AsyncGenerator<Job> {
    const path = `/jobs/${encodeURIComponent(id)}`;
    for (let wait = 250; !signal.aborted; wait = Math.min(wait * 2, 5000)) {
      try {
        const stream = await this.sendSignedIn(`${path}/events`, {
          headers: { accept: 'text/event-stream' },
          signal,
        });
        if (!stream.body) throw new Problem(stream.status, 'The API sent no events');
        for await (const { data } of readEvents(stream.body)) {
          const job = JSON.parse(data) as Job;
          yield job;
          if (isFinished(job)) return;
        }
        // The stream ended early: the job may have finished in between.
        const job = (await (await this.sendSignedIn(path, { signal })).json()) as Job;
        yield job;
        if (isFinished(job)) return;
      } catch (error) {
        const lost = error instanceof TypeError || (error instanceof Problem && error.status >= 500);
        if (signal.aborted || !lost) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  private async sendSignedIn(path: string, init: RequestInit = {}): Promise<Response> {
    const withToken = () => ({
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.accessToken ?? ''}` },
    });
    try {
      return await this.send(path, withToken());
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      if (await this.renew()) return await this.send(path, withToken());
      this.forget();
      this.onSignedOut();
      throw new Problem(401, 'Your session has ended. Please log in again.');
    }
  }

  /** One renewal at a time: the API accepts each refresh token once. */
  private renew(): Promise<boolean> {
    this.renewal ??= this.renewNow().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async renewNow(): Promise<boolean> {
    const refresh_token = this.tokens.read();
    if (refresh_token === null) return false;
    try {
      const body = JSON.stringify({ refresh_token });
      const response = await this.send('/auth/refresh', { method: 'POST', body });
      this.keep((await response.json()) as Tokens);
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      this.forget();
      return false;
    }
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = {
      ...(init.body ? { 'content-type': 'application/json' } : {}),
      ...(init.headers as Record<string, string> | undefined),
    };
    const response = await fetch(`/api/v1${path}`, { ...init, headers });
    if (!response.ok) throw await readProblem(response);
    return response;
  }

  private keep(tokens: Tokens): void {
    this.accessToken = tokens.access_token;
    this.tokens.write(tokens.refresh_token);
  }

  private forget(): void {
    this.accessToken = null;
    this.tokens.write(null);
  }
}
