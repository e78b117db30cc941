export type QuestionKind =
  | 'integer'
  | 'decimal'
  | 'text'
  | 'select_one'
  | 'select_multiple'
  | 'date'
  | 'time'
  | 'date_time'
  | 'note'
  | 'calculate'
  | 'image'
  | 'location'
  | 'acknowledge'
export type Moment = { utc_ms: number; offset_min: number }
export type Location = { latitude: number; longitude: number; accuracy_m: number | null }
export type PhotoRef = { hash: string; media_type: string; bytes: number }
export type Value =
  | { t: 'text'; v: string }
  | { t: 'integer'; v: number }
  | { t: 'decimal'; v: number }
  | { t: 'date'; v: string }
  | { t: 'time'; v: string }
  | { t: 'date_time'; v: Moment }
  | { t: 'choice'; v: string }
  | { t: 'choices'; v: string[] }
  | { t: 'location'; v: Location }
  | { t: 'photo'; v: PhotoRef }
  | { t: 'acknowledged' }
export type FindingLevel = 'info' | 'warn' | 'alert' | 'block'
export type Finding = {
  code: string
  level: FindingLevel
  fields: string[]
  args: { [k in string]?: string }
}
export type SectionSheet = { id: string; title: string; questions: string[] }
export type QuestionSheet = {
  name: string
  number: string
  kind: QuestionKind
  label: string
  doubtful: boolean
  hint: string
  appearance: string[]
  list: string | null
  register: string | null
  read_only: boolean
  prefilled: boolean
  hidden: boolean
}
export type ChoiceSheet = { code: string; label: string; exclusive: boolean; doubtful: boolean }
export type FormSheet = {
  id: string
  hash: string
  version: string
  title: string
  language: string
  languages: string[]
  sections: SectionSheet[]
  questions: { [k in string]?: QuestionSheet }
  choices: { [k in string]?: ChoiceSheet[] }
  findings: { [k in string]?: string }
}
export type FormProgress = { answered: number; applicable: number }
export type SectionView = { id: string; relevant: boolean; progress: FormProgress }
export type QuestionView = {
  relevant: boolean
  required: boolean
  value: Value | null
  choices: string[] | null
  label: string | null
}
export type FormView = {
  sections: SectionView[]
  questions: { [k in string]?: QuestionView }
  findings: Finding[]
  progress: FormProgress
  can_finish: boolean
}
export type Localised = { [k in string]?: string }
export type Phase = 'new' | 'locked' | 'open'
export type Theme = 'system' | 'light' | 'dark' | 'sun'
export type Settings = { language: string; theme: Theme; lock_after_min: number }
export type Role = 'observer' | 'long_term_observer' | 'team_leader'
export type PlaceKind = 'station' | 'commission' | 'anywhere'
export type FormBrief = {
  id: string
  letter: string
  title: Localised
  place: PlaceKind
  urgent: boolean
  from_min: number | null
  per_team: number | null
}
export type Holder = {
  mission: Localised
  synthetic: boolean
  languages: string[]
  role: Role
  team: string
  observers: string[]
  area: Localised
  forms: FormBrief[]
}
export type Status = {
  phase: Phase
  app_version: string
  settings: Settings
  holder: Holder | null
  retry_in_s: number
}
export type DayStep = { form: string; finished: number; drafts: number; next: boolean }
export type Evidence = {
  saved_at: Moment | null
  finished: number
  held: number
  waiting: number
  last_exchange: Moment | null
  last_error: string | null
}
export type StationHit = {
  code: string
  number: string
  name: Localised
  within: Localised
  kind: string
  in_area: boolean
  reports_here: number
}
export type StationHits = { hits: StationHit[]; matched: number; total: number }
export type ReportState = 'draft' | 'finished' | 'correcting' | 'withdrawn'
export type DeliveryState =
  | { state: 'on_device' }
  | { state: 'waiting' }
  | { state: 'sent' }
  | { state: 'carried'; by: string }
  | { state: 'held'; received_at_ms: number }
  | { state: 'quarantined'; code: string }
export type EntryRef = { device: string; seq: number }
export type ReportRow = {
  id: string
  spoken_id: string
  form: string
  station: StationHit | null
  place: string | null
  state: ReportState
  delivery: DeliveryState
  revision: number
  begun_at: Moment
  saved_at: Moment
  answered: number
  applicable: number
  findings: number
  entry: EntryRef | null
}
export type Today = { date: string; steps: DayStep[]; drafts: ReportRow[]; evidence: Evidence }
export type Note = { question: string | null; text: string; at: Moment }
export type Revision = {
  number: number
  reason: string
  at: Moment
  confirmed_by: string[]
  changed: string[]
}
export type ReportPage = {
  row: ReportRow
  sheet: FormSheet
  view: FormView
  notes: Note[]
  revisions: Revision[]
}
export type Saved = { saved_at: Moment; view: FormView }
export type FinishOutcome = { outcome: 'finished'; row: ReportRow } | { outcome: 'blocked'; view: FormView }
export type SyncProgress = { step: string; done: number; total: number }
export type Outbox = {
  evidence: Evidence
  waiting: ReportRow[]
  next_bytes: number
  sending: SyncProgress | null
}
export type SyncOutcome = { confirmed: number; evidence: Evidence; updated: boolean }
export type Event =
  | { event: 'reports_changed' }
  | ({ event: 'sync_moved' } & SyncProgress)
  | ({ event: 'enrol_moved' } & SyncProgress)
  | { event: 'locked' }
  | { event: 'settings_changed' }
export type Failure = { code: string; args: { [k in string]?: string } }

type Nothing = Record<string, never>
export interface Commands {
  status: { args: Nothing; result: Status }
  enrol: { args: { code: string; pin: string }; result: Status }
  unlock: { args: { pin: string }; result: Status }
  lock: { args: Nothing; result: Status }
  change_pin: { args: { old: string; new: string }; result: Status }
  set_settings: { args: { settings: Settings }; result: Status }
  today: { args: Nothing; result: Today }
  stations: { args: { query: string; place: PlaceKind; limit: number }; result: StationHits }
  start_visit: { args: { form: string; station: string | null; place: string | null }; result: ReportPage }
  report: { args: { id: string }; result: ReportPage }
  answer: { args: { id: string; question: string; value: Value | null }; result: Saved }
  note: { args: { id: string; question: string | null; text: string }; result: ReportPage }
  photo: { args: { id: string; question: string; media_type: string; base64: string }; result: Saved }
  finish: { args: { id: string; confirmed_by: string[] }; result: FinishOutcome }
  correct: { args: { id: string; reason: string }; result: ReportPage }
  drop_correction: { args: { id: string }; result: ReportPage }
  withdraw: { args: { id: string; reason: string }; result: ReportPage }
  discard: { args: { id: string }; result: Nothing }
  reports: { args: Nothing; result: { rows: ReportRow[] } }
  outbox: { args: Nothing; result: Outbox }
  sync: { args: Nothing; result: SyncOutcome }
  touch: { args: Nothing; result: Nothing }
}
