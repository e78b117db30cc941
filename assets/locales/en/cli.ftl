# Sentences of the command line.

serve-listening = Headquarters listens at { $address }
serve-key = TLS key (SHA-256): { $spki }
serve-link = Sign in once with this link: { $link }
serve-not-loopback = { $address } can be reached from other machines.
serve-stopped = Headquarters has stopped.

enrol-made = One device of team { $team } may use this code, until { $until }.

indicators-match = matches
indicators-differ = differs
indicators-invented = invented
indicators-none = –

verify-counts = { $devices } devices, { $entries } entries, { $segments } segments and { $receipts } receipts were checked.
verify-good = Everything holds.
verify-fault-certificate = Device { $device }: its certificate is not headquarters' own.
verify-fault-gap = Device { $device }: entries before { $seq } are missing.
verify-fault-chain = Device { $device }, entry { $seq }: the chain is broken.
verify-fault-head = Device { $device }: the journal's end is not where headquarters noted it.
verify-fault-receipt = Device { $device }: the receipt for entry { $seq } is not backed by the journal.
verify-fault-segment = A sealed segment has been altered.
verify-fault-unsigned = Device { $device }, entry { $seq }: no signed segment holds it.

rebuild-done = Every report was folded and checked again.

error-other-event = This data folder belongs to another event: { $detail }
error-ledger = The ledger cannot be used: { $detail }
error-keys = The keys cannot be used: { $detail }
error-mission = The mission folder cannot be used: { $detail }
error-pack = The mission cannot be packed for devices: { $detail }
error-config = The stored configuration cannot be used: { $detail }
error-file = { $detail }
error-listen = Headquarters cannot listen: { $detail }
error-tls = TLS cannot be set up: { $detail }
error-not-begun = Headquarters was never started with this data folder. Start it with "serve" first.
error-unknown-team = The mission has no such team: { $detail }
error-not-signed-in = Sign in first: get a one-time link with "baqylau-hq link" and give it as --token.

check-error = Error
check-warning = Warning
check-sheet = sheet { $sheet }
check-row = row { $row }
check-column = column { $column }
check-form = Form { $id }, version { $version }: it can be used.
check-languages = Languages: { $languages }
check-questions = Questions: { $questions } in { $sections } sections; { $lists } lists with { $choices } choices; { $calculations } calculations
check-rules = Rules: { $rules } ({ $skips } skips, { $required } required, { $constraints } constraints, { $warnings } warnings, { $alerts } alerts)
check-hash = Content address: { $hash } ({ $bytes } bytes)
check-refused = { $count ->
    [one] The workbook cannot be used: { $count } error.
   *[other] The workbook cannot be used: { $count } errors.
}
check-unknown-extension = { $file }: only .xlsx and .csv can be read. Save the workbook as one of them.

problem-other = The workbook breaks a rule ({ $code }).
    .fix = See docs/FORMS.md.
