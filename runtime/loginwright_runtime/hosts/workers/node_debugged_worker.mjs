// A JavaScript worker that is debugged: the ordinary one, and a thread that reaches its inspector.

import { Worker } from 'node:worker_threads';

import { guardDebugging } from './node/process_guard.mjs';

const thread = new Worker(new URL('./node/inspector_relay.mjs', import.meta.url), {
  env: {},
  resourceLimits: { codeRangeSizeMb: 16, maxOldGenerationSizeMb: 64 },
});
await new Promise((resolve) => thread.once('message', resolve));
thread.unref();
guardDebugging();
await import('./node_worker.mjs');
