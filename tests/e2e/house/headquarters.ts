import { freePort, Program, ROOT, run } from './programs'

const MISSION = `${ROOT}/assets/missions/kz-2011`

/** An indicator as `baqylau-hq indicators --json` prints it. */
export interface Indicator {
  id: string
  numerator: number
  denominator: number
  form: string
  forms_denominator: number
}

/** A real headquarters with a ledger of its own. */
export class Headquarters {
  readonly port: number
  readonly #data: string
  #program: Program | null = null

  private constructor(data: string, port: number) {
    this.#data = data
    this.port = port
  }

  /** Starts one whose ledger is below `folder`. */
  static async open(folder: string): Promise<Headquarters> {
    const headquarters = new Headquarters(`${folder}/headquarters`, await freePort())
    await headquarters.start()
    return headquarters
  }

  /** Starts it, on the port that enrolled devices know. */
  async start(): Promise<void> {
    this.#program = new Program('baqylau-hq', [
      'serve',
      ...['--mission', MISSION, '--data', this.#data],
      ...['--listen', `127.0.0.1:${this.port}`, '--ui', `${ROOT}/ui/dist`],
    ])
    await this.#program.answersOn(this.port)
  }

  /** The one-time link that it printed. */
  async link(): Promise<string> {
    const said = await this.#program?.says(/https:\/\/\S*#\/sign-in\S*/)
    if (!said) throw new Error('headquarters printed no link')
    return said
  }

  /** Takes it off the network. */
  async stop(): Promise<void> {
    await this.#program?.kill()
    this.#program = null
  }

  /** An enrolment code for a team's device. */
  async enrolmentCode(team: string): Promise<string> {
    const said = await run('baqylau-hq', ['enrol', '--data', this.#data, '--team', team, '--device', 'e2e'])
    const code = /BQ1-\S+/.exec(said)?.[0]
    if (!code) throw new Error(`no code in: ${said}`)
    return code
  }

  /** Its answer to a request about a forgotten PIN, from its command line. */
  async recoveryAnswer(request: string): Promise<string> {
    const said = await run('baqylau-hq', ['recover', request, '--data', this.#data, '--answer'])
    const answer = /BA1-\S+/.exec(said)?.[0]
    if (!answer) throw new Error(`no answer in: ${said}`)
    return answer
  }

  /** The figures as its command line prints them. */
  async indicators(): Promise<Indicator[]> {
    const said: unknown = JSON.parse(await run('baqylau-hq', ['indicators', '--data', this.#data, '--json']))
    return (Array.isArray(said) ? said : (said as { indicators: Indicator[] }).indicators) as Indicator[]
  }
}
