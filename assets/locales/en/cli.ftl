# Sentences of the command line.

serve-listening = Headquarters listens at { $address }
serve-key = TLS key (SHA-256): { $spki }
serve-link = Sign in once with this link: { $link }
serve-not-loopback = { $address } can be reached from other machines.
serve-stopped = Headquarters has stopped.

enrol-made = One device of team { $team } may use this code, until { $until }.

recover-asked = The device { $device } of team { $team } asks for its PIN to be replaced. If you have recognised who asks, by voice or face, run this again with --answer.
recover-answered = This answer opens the device { $device } of team { $team } with the new PIN that was chosen there.
recover-revoked = The device { $device } of team { $team } was revoked. It is not opened.

indicators-match = matches
indicators-differ = differs
indicators-invented = invented
indicators-none = –

verify-counts = { $devices } devices, { $entries } entries, { $segments } segments, { $receipts } receipts and { $pictures } pictures were checked.
verify-good = Everything holds.
verify-fault-certificate = Device { $device }: its certificate is not headquarters' own.
verify-fault-gap = Device { $device }: entries before { $seq } are missing.
verify-fault-chain = Device { $device }, entry { $seq }: the chain is broken.
verify-fault-head = Device { $device }: the journal's end is not where headquarters noted it.
verify-fault-picture = Device { $device }: the picture of entry { $seq } is not the one that the entry names.
verify-fault-receipt = Device { $device }: the receipt for entry { $seq } is not backed by the journal.
verify-fault-segment = A sealed segment has been altered.
verify-fault-unsigned = Device { $device }, entry { $seq }: no signed segment holds it.
verify-fault-log = The log's tree is not what its segments give.

export-root = Fingerprint of the event's root key, for whoever checks this export: { $root }

evidence-counts = { $files } files, { $devices } devices, { $entries } entries, { $segments } segments (of them { $aside } in no journal), { $receipts } receipts and { $pictures } pictures were checked.
evidence-log = Root of the log: { $root }
evidence-root-known = The event's root key is the one you named.
evidence-root-unknown = Nobody has vouched for the event's root key yet. Compare this fingerprint with one you were given by another road, or give that with --root: { $root }
evidence-good = Everything holds.
evidence-bad = Faults: { $count }. This export does not hold.
evidence-line = { $file }, line { $line }
evidence-missing = the file is not there.
evidence-extra = the file does not belong to the export.
evidence-altered = the file is not what it was when it was exported.
evidence-altered-line = from this line on the file is not what it was when it was exported.
evidence-unreadable = headquarters does not write such a line.
evidence-manifest-signature = the list of files is not signed by headquarters.
evidence-root = the event's root key is another one than you named.
evidence-config = no configuration under the event's root key, or one is missing before it.
evidence-other-key = the event's root key does not name this headquarters' key.
evidence-certificate = device { $device } has no certificate by headquarters for this key and team.
evidence-revoked = device { $device } was revoked, and that is not said here.
evidence-order = it does not stand in its order, or stands here twice.
evidence-gap = entry { $seq } of device { $device } does not follow on the one before: entries are missing.
evidence-chain = entry { $seq } of device { $device } breaks the chain: its content, its number or its hash was altered.
evidence-unknown-device = device { $device } is not among the enrolled ones.
evidence-unsigned = no signature of device { $device } covers entry { $seq } and what follows.
evidence-segment-entries = the entries that device { $device } signed from { $seq } on are not all there, or are others.
evidence-segment-signature = the device's signature under this segment does not fit.
evidence-receipt = the receipt for entry { $seq } of device { $device } is not backed by the journal.
evidence-receipt-signature = the receipt for entry { $seq } of device { $device } is not signed by headquarters.
evidence-picture = the picture of entry { $seq } of device { $device } is missing, or is not the one that the entry names.
evidence-picture-receipt = the receipt for the picture of entry { $seq } of device { $device } is not signed by headquarters.
evidence-receipt-log = the receipt for entry { $seq } of device { $device } names a log that is not the beginning of this one.
evidence-checkpoint = the checkpoint is not headquarters' signature under these segments.
evidence-earlier-checkpoint = the log does not continue the earlier checkpoint: segments were altered or removed since.

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
error-recovery = { $detail ->
    [mistyped] The request has a slip in it. Scan it again, or copy it whole.
    [unknown-key] The request is sealed to a key that this headquarters no longer has.
    [other-event] The request is of a device of another mission.
    [unknown-device] This headquarters never enrolled the device that asks.
    [revoked] The device was revoked. It is not opened.
   *[damaged] The request is damaged.
}
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

# Problems of a workbook (docs/FORMS.md). `.fix` says what to do.
problem-other = The workbook breaks a rule ({ $code }).
    .fix = See docs/FORMS.md.
problem-bad-expression = The expression cannot be read, at character { $position }: { $expression }
    .fix = { $reason ->
        [unfinished] It ends too soon.
        [unclosed_text] A quotation mark is missing.
        [unclosed_reference] A closing brace is missing.
        [bad_reference] The name between the braces is none.
        [unknown_function] There is no function { $found }.
        [unsupported_function] The function { $found } cannot be used here.
        [unsupported_path] Paths cannot be used here; name the question between braces.
        [wrong_argument_count] { $found } has too many or too few arguments.
        [literal_expected] Here a fixed text is needed.
        [bad_pattern] The pattern is no regular expression.
        [too_long] It is too long.
        [too_many_patterns] There are more than 16 regex() in it.
        [too_deep] It is nested too deeply.
       *[other] { $found } does not belong here.
    }
problem-not-utf8 = The file is not UTF-8.
    .fix = Save it as CSV UTF-8.
problem-bad-csv = The file is not CSV: { $detail }
    .fix = Save it as CSV again.
problem-bad-xlsx = The file is not an Excel workbook: { $detail }
    .fix = Save it as .xlsx again.
problem-no-sheet = The file has no sheet that is known.
    .fix = Name the sheets survey, choices and settings.
problem-missing-sheet = There is no such sheet.
    .fix = Add it.
problem-unknown-own-column = There is no column of this name.
    .fix = Correct the name; docs/FORMS.md lists all of them.
problem-duplicate-column = The column is there twice.
    .fix = Remove one of them.
problem-missing-namespace = Own columns are used and the sheet settings does not declare them.
    .fix = Write { $expected } into namespaces on the sheet settings.
problem-bad-form-id = The form's id is missing or is no name.
    .fix = Write letters, digits, _ or - into form_id.
problem-missing-title = The form has no title.
    .fix = Fill in form_title, or a row called title in the list texts.
problem-languages = The languages of the columns cannot be told apart.
    .fix = Head each column as label::English (en), with the language's code in brackets.
problem-no-questions = The form has no question.
    .fix = Add rows to the sheet survey.
problem-too-many-questions = The form has too many questions.
    .fix = Divide it into several forms.
problem-missing-type = The row has no type.
    .fix = Fill in the column type, or remove the row.
problem-unknown-type = There is no type { $type }.
    .fix = Choose one of those in docs/FORMS.md.
problem-unsupported-type = The type { $type } cannot be used here.
    .fix = Choose one of those in docs/FORMS.md.
problem-bad-file = The type { $type } names no register file.
    .fix = Write select_one_from_file and a file such as stations.csv.
problem-missing-list = The type { $type } names no list.
    .fix = Write the list's name after it.
problem-unknown-list = The sheet choices has no list { $list }.
    .fix = Add its choices, or correct the name.
problem-group-unbalanced = A group has no end, or an end has no group.
    .fix = Give each begin_group its end_group.
problem-missing-name = The row has no name.
    .fix = Fill in the column name.
problem-bad-name = { $name } is no name.
    .fix = Use letters, digits, _, - and ., and begin with a letter.
problem-duplicate-name = The name { $name } is there twice.
    .fix = Give each row a name of its own.
problem-missing-label = { $name } has no text in any language.
    .fix = Fill in a label column.
problem-missing-calculation = { $name } calculates nothing.
    .fix = Fill in the column calculation.
problem-unknown-reference = There is no question { $name }.
    .fix = Correct the name between the braces.
problem-bare-name = The name { $name } stands without braces.
    .fix = Write it between braces after a dollar sign.
problem-unknown-list-column = The list has no column { $name }.
    .fix = Add the column to the sheet choices, or correct the filter.
problem-unsupported-filter = The filter { $expression } cannot be used.
    .fix = Compare columns with answers by = and join with and.
problem-unsupported-read-only = read_only is neither yes nor no.
    .fix = Write yes, or leave it blank.
problem-cycle = These questions wait for each other: { $names }.
    .fix = Take one of the references out.
problem-missing-list-name = The choice belongs to no list.
    .fix = Fill in the column list_name.
problem-bad-choice-name = { $name } is no code of a choice.
    .fix = Use a code without spaces.
problem-duplicate-choice = The choice { $name } is twice in the list { $list }.
    .fix = Remove one of them.
problem-unknown-column = Nobody reads this column.
    .fix = Correct its heading, or leave it as a remark.
problem-ignored-type = The type { $type } is left out.
    .fix = Nothing needs to be done.
problem-missing-translation = A text is missing in the language { $language }.
    .fix = Translate it.
problem-missing-sentence = The rule { $code } has no sentence.
    .fix = Add a row { $code } to the list texts.
problem-unused-sentence = The sentence { $code } belongs to no rule.
    .fix = Remove it, or correct its name.
problem-code-without-rule = { $name } has a code and no rule.
    .fix = Write the rule, or remove the code.
problem-filter-without-list = { $name } has a filter and no list.
    .fix = Remove the filter.

take-segments = Segments in the bundle: { $segments }.
take-verdict = { $code }: { $count }
take-pictures = Photos in the bundle: { $pictures }.
take-pictures-wait = Photos that wait are not kept: the reports that name them have not come. Take this file again when they have.
take-receipts = Receipts: { $receipts }. Carry this file back: { $file }
take-no-receipts = There is no receipt to carry back.
error-bundle = This is no bundle that can be taken in ({ $detail }).
error-bundle-of-another = This is { $detail }. Nothing was taken.
