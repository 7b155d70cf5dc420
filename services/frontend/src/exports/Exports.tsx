import { useEffect, useRef, useState } from 'react';
import type { ApiClient } from '../api/client';
import { sentenceOf } from '../api/problem';
import { isFinished, type Job } from '../api/types';

const words = {
  queued: 'Waiting',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
} as const;

/** Starts exports and shows each of them finish: the API reports every step of a job. */
export function Exports({ client }: { client: ApiClient }) {
  const [jobs, setJobs] = useState<Job[]>([]);
  const [problem, setProblem] = useState<unknown>();
  const [starting, setStarting] = useState(false);
  const leaving = useRef(new AbortController());

  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);

  const show = (job: Job) =>
    setJobs((shown) =>
      shown.some(({ id }) => id === job.id)
        ? shown.map((other) => (other.id === job.id ? { ...other, ...job } : other))
        : [job, ...shown],
    );

  const start = async () => {
    const { signal } = leaving.current;
    setStarting(true);
    setProblem(undefined);
    try {
      const job = await client.startExport().finally(() => setStarting(false));
      show(job);
      for await (const step of client.followJob(job.id, signal)) show(step);
    } catch (error) {
      if (!signal.aborted) setProblem(error);
    }
  };

  const download = async (id: string) => {
    try {
      save(await client.downloadExport(id), `users-${id}.csv`);
      setProblem(undefined);
    } catch (error) {
      setProblem(error);
    }
  };

  return (
    <section className="card" aria-labelledby="exports">
      <header>
        <h2 id="exports">Exports</h2>
        <button type="button" disabled={starting} onClick={() => void start()}>
          Export users
        </button>
      </header>
      {problem !== undefined && <p role="alert">{sentenceOf(problem)}</p>}
      {jobs.length === 0 && <p className="muted">An export writes all users to a CSV file.</p>}
      <ul className="jobs" aria-live="polite">
        {jobs.map((job) => (
          <JobLine key={job.id} job={job} onDownload={() => download(job.id)} />
        ))}
      </ul>
    </section>
  );
}

/** Hands a file to the browser, as a link to it would: a plain link cannot carry the access token. */
function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function JobLine({ job, onDownload }: { job: Job; onDownload: () => Promise<void> }) {
  return (
    <li>
      <span className={`badge badge-${job.status}`}>{words[job.status] ?? job.status}</span>
      <span className="job-text">
        <code title={job.id}>{job.id.slice(0, 8)}</code>
        {job.row_count != null && ` ${job.row_count} ${job.row_count === 1 ? 'user' : 'users'}`}
        {job.status === 'failed' && <small>{job.error ?? 'The worker gave no reason'}</small>}
      </span>
      {job.status === 'completed' && (
        <button type="button" className="link" onClick={() => void onDownload()}>
          Download
        </button>
      )}
      {!isFinished(job) && <progress aria-label="In progress" />}
    </li>
  );
}
