import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

/** The repository's root, where programs find the mission and the built interface. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const PROGRAMS = process.env.BAQYLAU_PROGRAMS ?? `${ROOT}/target/debug`

/** How long a program may take to answer for the first time. */
const PATIENCE_MS = 120_000

/** A program of ours that runs beside the test. */
export class Program {
  readonly #child: ChildProcess
  readonly #name: string
  #said = ''

  constructor(name: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.#name = name
    const env = { ...process.env, ...environment }
    this.#child = spawn(`${PROGRAMS}/${name}`, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (chunk: Buffer): void => {
      this.#said += chunk.toString()
    }
    this.#child.stdout?.on('data', keep)
    this.#child.stderr?.on('data', keep)
  }

  /** Waits until it has printed something, and returns that. */
  async says(something: RegExp): Promise<string> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const found = something.exec(this.#said)?.[0]
      if (found !== undefined) return found
      if (this.#hasEnded || Date.now() > until) throw new Error(`${this.#name} never said ${something}: ${this.#said}`)
      await pause(50)
    }
  }

  /** Waits until it answers on a port of this machine. */
  async answersOn(port: number): Promise<void> {
    const until = Date.now() + PATIENCE_MS
    while (!(await isOpen(port))) {
      if (this.#hasEnded) throw new Error(`${this.#name} ended: ${this.#said}`)
      if (Date.now() > until) throw new Error(`${this.#name} does not answer: ${this.#said}`)
      await pause(50)
    }
  }

  /** Ends it as a dying battery would, without a word. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }
}

/** Runs a program of ours to its end and returns what it printed. */
export async function run(name: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(`${PROGRAMS}/${name}`, args, { cwd: ROOT, maxBuffer: 1 << 26 })
  return stdout
}

/** A port of this machine that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function isOpen(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
