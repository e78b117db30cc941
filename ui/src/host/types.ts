import type { CommandName, Commands, Event, Failure } from '../generated'

export type * from '../generated'

/** What a command takes. */
export type Args<Name extends CommandName> = Commands[Name]['args']

/** What a command answers. */
export type Result<Name extends CommandName> = Commands[Name]['result']

/** The field app's only door out: the core behind it is a Tauri process or `field-host`. */
export interface Host {
  /** Runs a command. @throws {Refusal} when the core refuses or fails. */
  call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>>
  /** Hears what changed; the returned function stops hearing. */
  listen(handler: (event: Event) => void): () => void
}

/** The core's "no": a code and its arguments, whose sentence is `error-<code>`. */
export class Refusal extends Error {
  readonly code: string
  readonly args: Failure['args']

  constructor(failure: Failure) {
    super(failure.code)
    this.name = 'Refusal'
    this.code = failure.code
    this.args = failure.args
  }

  /** Whatever was thrown as a refusal; what is not one came from the road to the core. */
  static of(thrown: unknown): Refusal {
    if (thrown instanceof Refusal) return thrown
    return isFailure(thrown) ? new Refusal(thrown) : new Refusal({ code: 'core_unreachable', args: {} })
  }
}

/** Whether this is a {@link Failure} as the core writes it. */
export function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'args' in thrown
}
