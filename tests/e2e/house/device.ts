import { freePort, Program, ROOT } from './programs'

/** A team's device: the real core behind `field-host`, which serves the same interface as the window. */
export class Device {
  readonly #data: string
  readonly #port: number
  #program: Program | null = null

  private constructor(data: string, port: number) {
    this.#data = data
    this.#port = port
  }

  /** Switches on a device whose data are below `folder`. */
  static async open(folder: string): Promise<Device> {
    const device = new Device(`${folder}/device`, await freePort())
    await device.start()
    return device
  }

  /** The interface's address. */
  get address(): string {
    return `http://127.0.0.1:${this.#port}/field.html`
  }

  /** Switches it on. */
  async start(): Promise<void> {
    this.#program = new Program('field-host', [
      ...['--data', this.#data, '--ui', `${ROOT}/ui/dist`, '--port', String(this.#port)],
    ])
    await this.#program.answersOn(this.#port)
  }

  /** Takes its battery out. */
  async kill(): Promise<void> {
    await this.#program?.kill()
    this.#program = null
  }
}
