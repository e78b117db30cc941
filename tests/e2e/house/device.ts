import { cpSync, mkdirSync } from 'node:fs'
import type { Keyring } from './keyring'
import { freePort, Program, ROOT } from './programs'

/** A time with its offset, as the core writes it. */
export interface Moment {
  utc_ms: number
  offset_min: number
}

/** Half past ten on the mission's day, in Akmola. */
export const MORNING_OF_THE_DAY: Moment = { utc_ms: Date.UTC(2011, 3, 3, 4, 30), offset_min: 360 }

/** A team's device: the real core behind `field-host`, which serves the same interface as the window. */
export class Device {
  readonly #data: string
  readonly #port: number
  #program: Program | null = null
  #clock: Moment | null = null
  /** The key store of whoever runs the tests is none of the device's. */
  #login: Record<string, string> = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }

  private constructor(
    data: string,
    port: number,
    private readonly home: string,
  ) {
    this.#data = data
    this.#port = port
  }

  /**
   * Switches on a device whose data are below `folder`. Its downloads are in `home`: what two devices have in common
   * there is the stick that goes from hand to hand.
   */
  static async open(folder: string, home = folder): Promise<Device> {
    mkdirSync(`${home}/Downloads`, { recursive: true })
    const device = new Device(`${folder}/device`, await freePort(), home)
    await device.start()
    return device
  }

  /** The interface's address. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}/field.html`
  }

  /** Switches it on. */
  async start(): Promise<void> {
    this.#program = new Program(
      'field-host',
      ['--data', this.#data, '--ui', `${ROOT}/ui/dist`, '--port', String(this.#port), '--control'],
      { HOME: this.home, USERPROFILE: this.home, ...this.#login },
    )
    await this.#program.answersOn(this.#port)
    if (this.#clock) await this.setClock(this.#clock)
  }

  /** Switches it off and on again, logged in where this keyring is. */
  async logInto(keyring: Keyring): Promise<void> {
    await this.kill()
    this.#login = keyring.login
    await this.start()
  }

  /** Sets its clock, which runs on from there; a device keeps it when it is switched on again. */
  async setClock(time: Moment): Promise<void> {
    this.#clock = time
    const reply = await fetch(`http://127.0.0.1:${this.#port}/control/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(time),
    })
    if (!reply.ok) throw new Error(`the clock was refused: ${await reply.text()}`)
  }

  /** Gives its core a command, as the interface does. */
  async call<Result>(command: string, args: object): Promise<Result> {
    const reply = await fetch(`http://127.0.0.1:${this.#port}/api/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
    if (!reply.ok) throw new Error(`${command} was refused: ${await reply.text()}`)
    return (await reply.json()) as Result
  }

  /** Switches on another device with a copy of everything that this one keeps; this one is off meanwhile. */
  async copy(folder: string): Promise<Device> {
    await this.kill()
    cpSync(this.#data, `${folder}/device`, { recursive: true })
    await this.start()
    const copy = await Device.open(folder, this.home)
    if (this.#clock) await copy.setClock(this.#clock)
    return copy
  }

  /** Takes its battery out. */
  async kill(): Promise<void> {
    await this.#program?.kill()
    this.#program = null
  }
}
