import { Worker } from 'node:worker_threads';

/** So many threads, which take tasks one by one; answers come in the order of the tasks. */
export const startCrew = (threads) => {
  const workers = Array.from({ length: threads }, () => new Worker(new URL('worker.mjs', import.meta.url)));
  const ask = (worker, message) =>
    new Promise((resolve, reject) => {
      worker.once('message', ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      );
      worker.postMessage(message);
    });
  const map = async (kind, list) => {
    const answers = [];
    let next = 0;
    const take = async (worker) => {
      while (next < list.length) {
        const at = next++;
        answers[at] = await ask(worker, { kind, task: list[at] });
      }
    };
    await Promise.all(workers.map(take));
    return answers;
  };
  return { map, close: () => Promise.all(workers.map((worker) => worker.terminate())) };
};
