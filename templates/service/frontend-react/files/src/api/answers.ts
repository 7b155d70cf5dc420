/** Whether the API behind `/api` answers at all: any answer of its own counts, the proxy's 502 does not. */
export async function apiAnswers(signal?: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch('/api/', { signal: signal ?? null });
    return response.status !== 502;
  } catch (error) {
    if (signal?.aborted) throw error;
    return false;
  }
}
