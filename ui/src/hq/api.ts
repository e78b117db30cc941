/** Headquarters' own door: the JSON of `/api`, and the stream that says when to ask again. */

import type { FindingLevel } from '../generated/FindingLevel'
import type { Moment } from '../generated/Moment'

export type Localised = Record<string, string>

export interface Session {
  signed_in: boolean
  mission: { name: Localised; event: string; synthetic: boolean; languages: string[] }
  user: string | null
}

export interface FormCount {
  form: string
  letter: string
  title: Localised
  accepted: number
  quarantined: number
  expected: number | null
}

export interface TeamRow {
  team: string
  kind: string
  area: string
  last_heard_ms: number | null
  reports: Record<string, number>
  silent: boolean
  /** In the order of enrolment; a team that began anew has more than one. */
  journals: { device: string; enrolled_at_ms: number; last_heard_ms: number }[]
}

export interface AheadRow {
  report: string
  form: string
  team: string
  place: string
  place_name: Localised
  at: Moment
  received_at_ms: number
}

export interface Overview {
  updated_at_ms: number
  forms: FormCount[]
  by_hour: { hour: string; counts: Record<string, number> }[]
  teams: TeamRow[]
  devices: number
  incidents_open: number
  /** Urgent reports that wait for what comes before them. */
  ahead: AheadRow[]
  quarantined: number
  entries: number
}

export interface BreakdownRow {
  key: string
  label: Localised
  numerator: number
  denominator: number | null
  value: number | null
}

export interface Indicator {
  id: string
  label: Localised
  form: string
  unit: string
  numerator: number
  denominator: number | null
  value: number | null
  display: string
  forms: number
  stations: number | null
  published: number | null
  published_text: string
  source: string
  invented: boolean
  matches: boolean | null
  breakdown: BreakdownRow[]
}

export interface Indicators {
  updated_at_ms: number
  dimensions: string[]
  indicators: Indicator[]
}

export interface ReportLine {
  report: string
  form: string
  team: string
  station: string | null
  station_name: Localised
  region: string | null
  at_ms: number
  received_at_ms: number
  revision: number
  in_numerator: boolean
  in_denominator: boolean
  contribution: number
}

export interface ReportLines {
  total: number
  rows: ReportLine[]
}

export interface AnswerLine {
  value: unknown
  question: Localised
  label: Localised
}

/** A photo that an entry of a report names, whether it has come or not. */
export interface ReportPicture {
  question: string | null
  number: string | null
  label: Localised | null
  hash: string
  bytes: number
  at: { utc_ms: number; offset_min: number }
  state: 'expected' | 'held' | 'set_aside'
  code: string
  received_at_ms: number | null
  /** Where it can be seen; nowhere before it has come. */
  address: string | null
}

export interface Report {
  report: string
  form: string
  team: string
  station: string | null
  station_name: Localised
  region: string | null
  verdict: string
  revisions: {
    number: number
    reason: string
    at: { utc_ms: number; offset_min: number }
    received_at_ms: number
    confirmed_by: string[]
    answers: Record<string, AnswerLine>
  }[]
  notes: { question: string | null; text: string; at: { utc_ms: number; offset_min: number } }[]
  pictures: ReportPicture[]
  findings: { code: string; level: FindingLevel; fields: string[]; args: Record<string, string> }[]
  entries: { device: string; seq: number; hash: string }[]
}

/** `07d37948 · 1`: the device that wrote a report, and the entry that opened it in its journal. */
export function shortReport(id: string): string {
  return `${id.slice(0, 8)} · ${parseInt(id.slice(id.lastIndexOf('-') + 1), 16)}`
}

/** What headquarters refused, by the code its locales have a sentence for. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
  ) {
    super(code)
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const reply = await fetch(`/api${path}`, { credentials: 'same-origin', ...init }).catch(() => {
    throw new Refusal('unreachable', 0)
  })
  if (!reply.ok) {
    const body = (await reply.json().catch(() => null)) as { code?: string } | null
    throw new Refusal(body?.code ?? (reply.status === 401 ? 'not_signed_in' : 'internal'), reply.status)
  }
  return (await reply.json()) as T
}

export const api = {
  session: () => ask<Session>('/session'),
  signIn: (token: string) =>
    ask<unknown>('/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }),
  overview: () => ask<Overview>('/overview'),
  indicators: (by: string) => ask<Indicators>(`/indicators${by ? `?by=${encodeURIComponent(by)}` : ''}`),
  indicatorReports: (id: string, offset: number, limit: number, by: string, key: string) => {
    const query = new URLSearchParams({ offset: String(offset), limit: String(limit) })
    if (by && key) {
      query.set('by', by)
      query.set('key', key)
    }
    return ask<ReportLines>(`/indicators/${encodeURIComponent(id)}/reports?${query}`)
  },
  report: (id: string) => ask<Report>(`/reports/${encodeURIComponent(id)}`),
}

/** Calls `onchange` whenever headquarters took something in. Returns how to stop listening. */
export function listen(onchange: () => void): () => void {
  const stream = new EventSource('/api/events')
  stream.onmessage = onchange
  return () => stream.close()
}
