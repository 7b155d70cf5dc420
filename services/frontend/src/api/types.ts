export interface Tokens {
  access_token: string;
  refresh_token: string;
}

export interface User {
  id: number | string;
  email: string;
  name: string;
}

export interface UserList {
  users: User[];
  /** Whether the API took the list from its cache; absent when it does not say. */
  cache?: 'hit' | 'miss';
}

export interface NewUser {
  name: string;
  email: string;
}

export interface Job {
  id: string;
  status: 'queued' | 'running' | 'completed' | 'failed';
  /** How many users a completed export has. */
  row_count?: number | null;
  error?: string | null;
}

export function isFinished(job: Job): boolean {
  return job.status === 'completed' || job.status === 'failed';
}
