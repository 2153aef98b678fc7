/** A chat-completions server on loopback that thinks for a while and then changes one number. */
import { createServer } from 'node:http';
import { once } from 'node:events';

export const startSleepyModel = async (seconds) => {
  let answers = 0;
  let delay = seconds;
  const server = createServer((request, response) => {
    request.resume();
    const answer = (body) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url.endsWith('/models'))
      return answer({ object: 'list', data: [{ id: 'sleepy', object: 'model' }] });
    const n = ++answers;
    const content = `IDEA: number ${n}\nFILE: knobs.py\n<<<<<<< SEARCH\nB = 0.57\n=======\nB = ${n}.57\n>>>>>>> REPLACE\n`;
    setTimeout(
      () =>
        answer({
          id: `answer-${n}`,
          object: 'chat.completion',
          created: 0,
          model: 'sleepy',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
          usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
        }),
      delay * 1000,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    think: (newSeconds) => {
      delay = newSeconds;
    },
    close: () => server.close(),
  };
};
