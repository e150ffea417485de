// The two sockets to the parent: frames out and replies in, synchronously; frames in, as they come.

import { Socket } from 'node:net';

import {
  allocate,
  apply,
  bufferFrom,
  byteLength,
  copyBytes,
  indexOfByte,
  readSync,
  stringSlice,
  utf8Slice,
  writeSync,
} from './primordials.mjs';

const CTL = 3;
const RPC = 4;
const ASIDE = 6;
const MOST_ASIDE = 4096; // In UTF-16 units, which are at most three bytes each.
const NEWLINE = 10;
const ALWAYS_WHOLE = 4096; // A blocking socket takes so little in one go.
const exit = process.reallyExit;

/** End at once: there is nobody to talk to any more. */
export function leave(status) {
  apply(exit, process, [status]);
}

// Collects bytes and gives out whole lines.
class Lines {
  #bytes = allocate(65536);
  #filled = 0;

  /** Return the first line and drop it, or null when none is complete. */
  take() {
    if (this.#filled === 0) return null;
    const end = indexOfByte(this.#bytes, NEWLINE);
    if (end < 0 || end >= this.#filled) return null;
    const line = utf8Slice(this.#bytes, 0, end);
    copyBytes(this.#bytes, this.#bytes, 0, end + 1, this.#filled);
    this.#filled -= end + 1;
    return line;
  }

  /** Add the first `length` bytes of `chunk`. */
  add(chunk, length) {
    this.#reserve(length);
    copyBytes(chunk, this.#bytes, this.#filled, 0, length);
    this.#filled += length;
  }

  get empty() {
    return this.#filled === 0;
  }

  #reserve(length) {
    if (this.#filled + length <= this.#bytes.length) return;
    const larger = allocate((this.#filled + length) * 2);
    copyBytes(this.#bytes, larger, 0, 0, this.#filled);
    this.#bytes = larger;
  }
}

const replies = new Lines();
const chunk = allocate(65536);
let owed = 0;

/** Send one frame, newline included, whole; `waits` when the parent answers it with a reply. */
export function send(frame, waits) {
  try {
    const sent = writeSync(RPC, frame);
    // Nothing that needs stack may stand between sending and this.
    if (waits) owed += 1;
    if (frame.length > ALWAYS_WHOLE) sendRest(frame, sent);
  } catch (error) {
    if (error.code !== undefined) leave(70);
    throw error;
  }
}

let aside = 0;

/**
 * Send a frame that the parent need not wake up for. It is read with the next one that is sent, or
 * soon. After one that had to take the other way, all do, so that they stay in order, until the
 * parent is known to have read them.
 */
export function putAside(frame) {
  aside += frame.length;
  if (aside > MOST_ASIDE) {
    send(frame, false);
    return;
  }
  try {
    writeSync(ASIDE, frame);
  } catch (error) {
    if (error.code !== undefined) leave(70);
    throw error;
  }
}

function sendRest(frame, from) {
  const size = byteLength(frame);
  if (from === size) return;
  const bytes = bufferFrom(frame);
  for (let sent = from; sent < size; ) sent += writeSync(RPC, bytes, sent, size - sent);
}

/**
 * Read the reply to the last waiting call. Replies that nobody read, because the stack overflowed
 * between sending and reading, are skipped.
 */
export function readReply() {
  for (;;) {
    const line = readLine();
    owed -= 1;
    if (owed === 0) {
      aside = 0;
      return line;
    }
  }
}

function readLine() {
  for (;;) {
    if (!replies.empty) {
      const line = replies.take();
      if (line !== null) return line;
    }
    let length;
    try {
      length = readSync(RPC, chunk, 0, chunk.length, null);
    } catch (error) {
      if (error.code === 'EINTR') continue; // The signal is answered before the next turn.
      throw error;
    }
    if (length === 0) leave(0);
    if (replies.empty && owed === 1 && chunk[length - 1] === NEWLINE) {
      return utf8Slice(chunk, 0, length - 1);
    }
    replies.add(chunk, length);
  }
}

/** Call `receive` with each frame that the parent sends while the worker is idle. */
export function listen(receive) {
  const lines = new Lines();
  const buffer = allocate(262144);
  const onChunk = (length) => {
    // The parent sends a frame only when the one before is done with.
    aside = 0;
    if (lines.empty && buffer[length - 1] === NEWLINE) {
      receive(utf8Slice(buffer, 0, length - 1));
      return true;
    }
    lines.add(buffer, length);
    for (let line = lines.take(); line !== null; line = lines.take()) receive(line);
    return true;
  };
  const control = new Socket({
    fd: CTL,
    readable: true,
    writable: false,
    onread: { buffer, callback: onChunk },
  });
  control.on('end', () => leave(0));
  control.on('error', () => leave(0));
}
