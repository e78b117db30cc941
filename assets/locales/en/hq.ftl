hq-page-overview = Overview
hq-page-indicators = Indicators
hq-pages = Pages
hq-skip = Go to the content
hq-synthetic = Synthetic data: stations, teams and answers are made up for the rehearsal.
hq-language = Language
hq-theme = Colours
hq-preferences = Language and colours
hq-theme-system = As the system
hq-theme-light = Light
hq-theme-dark = Dark
hq-theme-sun = Sunlight

hq-sign-in = Sign in to headquarters
hq-sign-in-how = Open the one-time link that headquarters printed when it started, or paste its key here.
hq-sign-in-key = One-time key
hq-sign-in-do = Sign in

hq-updated = Last update { $time }
hq-of-expected = of { $expected } expected
hq-set-aside = { $count } set aside
hq-ahead = { $count ->
    [one] An incident has come ahead of its journal
   *[other] { $count } incidents have come ahead of their journals
  }
hq-ahead-lead = What was written before is still on its way; the report counts when that is here.
hq-ahead-row = { $team }, { $place }: finished { $finished }, received { $received }
hq-holdings = { $devices ->
    [one] { $devices } device
   *[other] { $devices } devices
  } heard from, { $entries } journal entries held, { $aside } reports set aside.
hq-hours-title = Most reports were finished in the hour from { $hour }: { $count }
hq-hours-tied = Most reports in one hour: { $count }, reached in several hours
hq-hours-unit = Reports finished per hour, local time of the place
hq-hours-chart = Reports finished by hour and form
hq-hours-empty = Reports by hour will be here
hq-hours-empty-how = The first batch that arrives begins the chart.
hq-hour = Hour
hq-as-table = Show as a table
hq-teams = Teams
hq-teams-caption = Teams, when they were last heard, and their reports by form
hq-teams-empty = No team is silent
hq-team = Team
hq-area = Area
hq-last-heard = Last heard
hq-never = never
hq-ago-now = just now
hq-ago-minutes = { $count } min ago
hq-ago-hours = { $count } h ago
hq-team-journals = { $count } journals
hq-team-journal = { $device }: enrolled { $enrolled }, last heard { $heard }
hq-silent = silent too long
hq-silent-only = Silent teams only ({ $count })

hq-indicators-how = Every figure counts what was observed; it is not a sample of all stations. Blank and “don’t know” answers leave the denominator.
hq-find = Find a figure
hq-find-nothing = No figure matches
hq-break-down = Break down by
hq-by-nothing = Nothing
hq-by-region = Region
hq-by-area = Urban or rural
hq-by-kind = Station type
hq-by-time_band = Time of day
hq-by-team_kind = Kind of team
hq-numerator = Numerator
hq-denominator = Denominator
hq-share = Share
hq-behind = { $forms ->
    [0] No report behind it yet
    [one] The report behind it
   *[other] The { $forms } reports behind it
  }
hq-both = forms: { $forms }, stations: { $stations }
hq-published = Published: { $figure }
hq-matches = Matches
hq-differs = Differs so far
hq-invented = Not in the mission’s documents: invented for the rehearsal.
hq-breakdown-of = Breakdown of { $id }
hq-unit-form = forms
hq-unit-case = cases
hq-unit-station = polling stations
hq-unit-team = teams
hq-unit-box = boxes
hq-unit-person = persons
hq-unit-commission = commissions
hq-unit-protocol = protocols
hq-unit-state = States
hq-unit-visit = visits
hq-unit-count = counts

hq-back-indicators = All indicators
hq-behind-title = Reports behind { $id }
hq-behind-empty = No report counts towards this figure yet
hq-lines = { $from } to { $to } of { $total }
hq-previous = Previous
hq-next = Next
hq-report = Report
hq-station = Station
hq-observed = Observed
hq-counts = Counts
hq-counts-numerator = in the numerator ({ $amount })
hq-counts-denominator = in the denominator only
hq-counts-not = not (blank or don’t know)
hq-revision = Revision

hq-report-title = Report of { $team }, { $place }
hq-verdict = Verdict
hq-verdict-accepted = Accepted
hq-verdict-quarantined = Set aside
hq-verdict-withdrawn = Withdrawn by the team
hq-verdict-ahead = Here ahead of its journal, not counted yet
hq-journal = Journal entries
hq-findings = Findings
hq-revision-title = Revision { $number }
hq-reason = Reason: { $reason }
hq-revision-times = Finished { $finished }, received { $received }, confirmed by { $observers }
hq-number = No.
hq-question = Question
hq-answer = Answer
hq-notes = Notes
hq-photos = Photos
hq-photo-of = Photo of { $title }
hq-photo-held = Received { $time }
hq-photo-expected = Named in the report, not here yet
hq-photo-aside = Set aside: { $reason }
hq-photo-aside-revoked = the device was revoked
hq-photo-aside-malformed = it is not the photo that the report names
hq-photo-aside-wrong_event = it belongs to another event
hq-photo-aside-unknown_device = it belongs to another device

hq-error-unreachable = Headquarters does not answer. The page tries again by itself.
hq-error-not_signed_in = You are signed out. Open a new one-time link.
hq-error-sign_in_refused = This key does not open headquarters: it was used already, or it is not the newest one.
hq-error-not_found = There is nothing at this address.
hq-error-bad_request = This address asks for something that does not exist.
hq-error-internal = Headquarters could not answer; its log says why.
