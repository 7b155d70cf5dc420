/** A request that the API refused or that never reached it. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Problem';
    this.status = status;
  }
}

/** What the API says went wrong, or else what the status means. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  return new Problem(response.status, textOf(body) ?? `The request failed (${response.status})`);
}

function textOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, error, detail } = body as Record<string, unknown>;
  for (const candidate of [message, detail, error]) {
    if (typeof candidate === 'string') return candidate;
    const inner = textOf(candidate);
    if (inner) return inner;
  }
  return undefined;
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  if (error instanceof TypeError) return 'The platform cannot be reached';
  return error instanceof Error ? error.message : String(error);
}
