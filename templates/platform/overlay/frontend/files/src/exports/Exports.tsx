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
          <JobLine key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function JobLine({ job }: { job: Job }) {
  return (
    <li>
      <span className={`badge badge-${job.status}`}>{words[job.status] ?? job.status}</span>
      <span className="job-text">
        <code title={job.id}>{job.id.slice(0, 8)}</code>
        {job.status === 'completed' && job.rows != null && ` ${job.rows} ${job.rows === 1 ? 'user' : 'users'}`}
        {job.status === 'completed' && job.file && <small className="muted">{job.file}</small>}
        {job.status === 'failed' && <small>{job.error ?? 'The worker gave no reason'}</small>}
      </span>
      {!isFinished(job) && <progress aria-label="In progress" />}
    </li>
  );
}
