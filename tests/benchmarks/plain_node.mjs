// The same handlers in one Node process, with an api that only records and an event cloned as JSON.

import { createHmac } from 'node:crypto';

const { event, sources, rounds } = JSON.parse(process.argv[2]);

function base64url(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function encodeToken({ secret, payload }) {
  const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(payload)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function recorder(calls) {
  const record = (method) => (...args) => {
    calls.push({ method, args });
  };
  return {
    idToken: { setCustomClaim: record('idToken.setCustomClaim') },
    accessToken: { setCustomClaim: record('accessToken.setCustomClaim') },
    redirect: {
      encodeToken(options) {
        calls.push({ method: 'redirect.encodeToken', args: [options] });
        return encodeToken(options);
      },
      sendUserTo: record('redirect.sendUserTo'),
    },
  };
}

async function median(source) {
  const module = { exports: {} };
  new Function('exports', 'module', source)(module.exports, module);
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await module.exports.onExecutePostLogin(JSON.parse(event), recorder([]));
    times.push(performance.now() - start);
  }
  times.splice(0, rounds / 5);
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] * 1000;
}

const medians = {};
for (const name of Object.keys(sources)) medians[name] = await median(sources[name]);
console.log(JSON.stringify(medians));
