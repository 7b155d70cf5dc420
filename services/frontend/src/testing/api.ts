// A stand-in for the API in unit tests: one function a route, requests are recorded.
import { vi } from 'vitest';

export interface Request {
  route: string;
  authorization: string | null;
  body: unknown;
}

type Answer = (request: Request) => Response | Promise<Response>;

export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), init);
}

export function events(...jobs: unknown[]): Response {
  const text = jobs.map((job) => `event: job\ndata: ${JSON.stringify(job)}\n\n`).join('');
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}

/** Replaces `fetch`; a route is written as `GET /users`. */
export function standIn(routes: Record<string, Answer>): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const route = `${init.method ?? 'GET'} ${url.replace('/api/v1', '')}`;
    const headers = new Headers(init.headers);
    const body: unknown = init.body ? JSON.parse(String(init.body)) : undefined;
    const request = { route, authorization: headers.get('authorization'), body };
    requests.push(request);
    const answer = routes[route];
    if (!answer) throw new Error(`no answer prepared for ${route}`);
    return await answer(request);
  });
  return requests;
}

/** Answers one after the other, the last one for ever. */
export function inTurn(...answers: Answer[]): Answer {
  let next = 0;
  return (request) => {
    const answer = answers[Math.min(next, answers.length - 1)] as Answer;
    next += 1;
    return answer(request);
  };
}
