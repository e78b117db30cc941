### The field app. Verb first, few words, no blame, no exclamation marks.

app-name = Baqylau

## Places and the top bar

places = Places
place-today = Today
place-reports = Reports
place-outbox = Outbox
place-settings = Settings
back = Back
language-switch = Change the language
incident = Incident
try-again = Try again
core-unreachable = The app's core does not answer. Close the app and open it again; every saved answer is kept.
error-unknown = Something went wrong. Read this code to your coordinator: { $code }

## The state of the evidence

evidence = State of the evidence
evidence-waiting = { $waiting ->
    [one] { $waiting } report waits to be sent
   *[other] { $waiting } reports wait to be sent
}
evidence-carried = { $waiting ->
    [one] { $waiting } report waits, { $carried } in other hands
   *[other] { $waiting } reports wait, { $carried } in other hands
}
evidence-held = Headquarters holds { $held } of { $finished }
evidence-none = Nothing saved yet
saved-at = Saved on this device { $time }
saved-short = Saved { $time }
saving = Saving…
not-saved = Not saved

## Unlock

pin = PIN
unlock = Unlock
unlocking = Unlocking…

## Enrol

enrol-title = Enrol this device
enrol-lead = Paste the code that headquarters gave your team. The mission is then kept on this device and works without a network.
enrol-code = Enrolment code
enrol-code-missing = Paste the enrolment code first.
enrol = Enrol
enrolling = Enrolling…
pin-new = New PIN
pin-again = The same again
pin-old = PIN until now
pin-hint = At least six digits. Without it the answers on this device stay closed, unless you let headquarters help in the settings.
pin-too-short = Choose at least six digits.
pin-differs = The two PINs differ.
pin-change = Change PIN
step-connect = Finding headquarters
step-fetch = Fetching forms and register
step-send = Sending
step-deliver = Handing over what you carry for others
step-confirm = Waiting for the receipt
ready-title = Ready
ready-offline = Everything is on this device. You can work without a network from now on.
begin = Begin
mission = Mission
team = Team
area = Area
observers = Observers
forms = Forms
role-observer = Short-term observers
role-long_term_observer = Long-term observers
role-team_leader = Team leader
synthetic-sentence = Register, teams and answers of this mission are made up. No figure here describes a real place or person.

## Today

today-open = Unfinished
today-line = The day
step-from = From { $time }
step-any-time = At any time
step-next = Next
step-finished = { $count ->
    [one] { $count } finished
   *[other] { $count } finished
}
outbox-open = Open the outbox
continue-report = Continue { $form } · { $place }
start-form = Start: { $form }

## Start a visit

start-visit = Start a visit
start-report = Start report
start-at = Start at { $place }
forms-empty = The forms of the mission will be here
forms-empty-do = Exchange with headquarters once to fetch them.
place-kind-station = At a polling station
place-kind-commission = At a commission
place-kind-anywhere = Anywhere
place-missing = Choose a place first, or enter one that is not in the register.
place-typed = Place
place-typed-hint = Number and name as they stand on the door. Headquarters matches it with the register.
search = Search
search-station = Polling station
search-station-hint = Number or name
search-commission = Commission
search-commission-hint = District or name
search-near = Nearest in your area
search-found = { $matched } of { $total } places
search-first = The first { $shown } of { $matched } found, out of { $total } places
search-none = None of { $total } places matches
search-results = Places found
search-register = Search the register
not-in-register = Not in the register
no-place = No place given
reports-here = { $count ->
    [one] { $count } report from here
   *[other] { $count } reports from here
}

## Reports

report = Report
show = Show
show-all = All
show-open = Unfinished
show-finished = Finished
reports-empty = Your reports will be here
reports-empty-do = Start a visit from Today.
reports-none-such = None of these.
state-draft = Unfinished
state-finished = Finished
state-correcting = Being corrected
state-withdrawn = Withdrawn
answered-of = { $answered } of { $applicable } answered
count-of = { $done } of { $total }
findings-count = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
revision = Revision { $number }
revision-changed = Changed: { $questions }

## Report

sections = Sections
section-before = Section before
section-after = Next section
next-section = Next: { $title }
review = Review and finish
prefilled = { $count ->
    [one] { $count } answer from your enrolment and the register
   *[other] { $count } answers from your enrolment and the register
}
required = needed
doubtful = The translation awaits a check
choose = Choose
nothing-found = Nothing found
acknowledge = Read and understood
go-there = Go there
findings = Findings
findings-empty = No findings.
findings-and-notes = Findings and notes, { $place }
receipt-and-notes = Receipt and notes, { $place }
notes = Notes
notes-empty = No notes yet.
note-add = Note
note-on = Note on { $title }
note-whole = the whole report
note-report = Add a note to the report
note-finished-lead = A note changes no answer. It goes to headquarters with its time.
note-text = Note
note-save = Save note
photo-add = Photo
photo-again = Take another
photo-saving = Saving…
photo-unreadable = This file is no picture that can be read. Take a photo or choose a JPEG or PNG.
location-take = Take the position
location-asking = Asking the device…
location-accuracy = ± { $metres } m
location-refused = The device gave no position. Go on without it.
correcting-lead = Revision { $number } replaces the one before once it is finished. The earlier one is kept.

## Review and finish

review-correct = To be corrected before finishing
review-blocking = Needed before finishing
review-blank = Left blank: { $count }
review-blank-none = Every question that applies is answered.
review-blank-lead = A blank stays a blank: it is not counted as “no”.
figures-title = The figures
figures-caption = Figures that the failing sums are about
figures-number = No.
figures-what = Figure
figures-value = Value
figures-failing = Does not add up in
confirm-title = Both observers confirm
confirm-lead = The report is what you both agree on. Each observer taps their own code.
confirm-observer = { $code } confirms
confirm-missing = Each observer confirms first.
blocked = The report cannot be finished yet. What is to be done stands at the top.
finish = Finish report
finish-correction = Finish correction
finishing = Finishing…
discard = Discard draft
discard-lead = { $count ->
    [one] This removes the draft with its { $count } answer from this device. It was never finished, so headquarters will not see it.
   *[other] This removes the draft with its { $count } answers from this device. It was never finished, so headquarters will not see it.
}
drop-correction = Drop the correction
drop-correction-lead = The changes since the last finished revision are given up. The finished revision stands.
keep = Keep it

## A finished report

receipt = Receipt
receipt-held = Headquarters signed for it, { $time }.
receipt-none = No receipt yet. The report is safe on this device.
receipt-carried = { $team } carries it since { $time }. Headquarters has not signed for it yet.
receipt-on-file = It lies on a file since { $time }, and nobody has signed for it. It is safe on this device as well.
receipt-quarantined = Headquarters holds the report and has set it aside for a person to look at. Code: { $code }
entry = Journal entry { $seq }
correct = Correct
correct-lead = A finished report never changes. A correction adds a new revision, with your reason, and headquarters sees both.
correct-begin = Begin the correction
withdraw = Withdraw
withdraw-lead = A withdrawn report stays in the journal with your reason, and no longer counts.
withdrawn-lead = It stays in the journal and no longer counts.
reason = Reason
reason-missing = Say why first.

## Outbox

outbox-held = Held by headquarters
outbox-carried = In other hands
outbox-next = Next sending
outbox-last = Last exchange
outbox-waiting = Waiting, in the order they go
outbox-empty = Nothing waits
outbox-empty-do = Finished reports come here until headquarters has signed for them.
outbox-safe = Nothing is lost: the reports wait on this device.
outbox-confirmed = { $count ->
    [one] Headquarters signed for { $count } report.
   *[other] Headquarters signed for { $count } reports.
}
outbox-signed = Headquarters signed for what was sent.
outbox-delivered = Headquarters also took what you carried for others: { $count }
outbox-up-to-date = Nothing new to send. All is up to date.
bytes-of = { $done } of { $total }
never = never
send-now = Send now
sending = Sending…

## Incident

incident-title = Report an incident
incident-lead = Your own safety comes first. The report goes before all others when there is a signal.
incident-here = At { $place }
incident-elsewhere = Somewhere else
incident-report = Start incident report
incident-open = Unfinished incident reports
incident-no-form = This mission has no incident form
incident-no-form-do = Call your coordinator.

## Settings

proxy = Proxy
proxy-asked = This network asks for a proxy
proxy-address = The proxy's address
proxy-use = Go through it
proxy-in-use = Everything for headquarters goes through
proxy-leave = Go without it
proxy-hint = Only needed where the network lets nothing through otherwise, or to go by Tor (socks5h://127.0.0.1:9050). The proxy learns headquarters' address and how much is sent, and can read none of it.
setting-language = Language
setting-theme = Colours
theme-system = As the system
theme-light = Light
theme-dark = Dark
theme-sun = Sunlight
setting-lock-after = Lock after
minutes = { $count } min
lock-now = Lock now
about = This device
app-version = Version
