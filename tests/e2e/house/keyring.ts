import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'

/** Somebody's login on a Linux desktop, as far as a program asks it for secrets: GNOME's keyring on a bus of its own. */
export class Keyring {
  private constructor(
    readonly login: Record<string, string>,
    private readonly bus: ChildProcess,
  ) {}

  /** Logs in; what the keyring keeps is in `folder`. */
  static async open(folder: string): Promise<Keyring> {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const own = { XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder }
    const env = { ...process.env, ...own }
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [address] = (await once(bus.stdout, 'data')) as [Buffer]
    const login = { ...own, DBUS_SESSION_BUS_ADDRESS: address.toString().trim() }
    const keyring = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
      env: { ...process.env, ...login },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    keyring.stdin.end('of the login')
    await once(keyring, 'exit')
    return new Keyring(login, bus)
  }

  /** Logs out: the keyring ends with its bus. */
  async close(): Promise<void> {
    const gone = once(this.bus, 'exit')
    this.bus.kill()
    await gone
  }
}
